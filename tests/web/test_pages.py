"""The pages: one shell in the person's language, the manifest, the worker, and addresses that lead nowhere."""

from __future__ import annotations

import json
import re
import struct
from typing import Any

import pytest
from flask import Response

from app.web.assets import SCREENS, Client, Part
from tests.domain.people import AYU, OPERATOR
from tests.support.databases import ROOT
from tests.web.device import Device
from tests.web.house import House

SHELLS = ["/", "/bookings", "/chat/customer_x_therapist_y", "/chat/a/b", "/therapist", "/sign-in", "/offline"]
ASSETS = "/static/dist/assets/"
WORDS = {language: f"{ASSETS}{language}-first.js" for language in ("en", "id")}
ALL_WORDS = {language: f"{ASSETS}{language}-others.js" for language in ("en", "id")}
SHARED = f"{ASSETS}shared.js"
BUILT = Client(
    Part(f"{ASSETS}main.js", (), (f"{ASSETS}main.css",)),
    WORDS,
    {
        name: (Part(f"{ASSETS}{name}.js", (f"{ASSETS}main.js", SHARED), (f"{ASSETS}main.css", f"{ASSETS}{name}.css")),)
        for name in SCREENS
    },
    ALL_WORDS,
)
#: Addresses with the screen that the client shows there.
SCREENS_AT = {
    "/bookings": "bookings",
    "/chat/customer_x_therapist_y": "chat",
    "/therapist": "desk",
    "/sign-in": "account",
    "/therapists/ayu": "provider",
}


@pytest.fixture(autouse=True)
def a_built_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are tested without building the client."""
    monkeypatch.setattr("app.web.assets.client", lambda _: BUILT)


def boot(text: str) -> dict[str, str]:
    """What the shell tells the client."""
    found = re.search(r'<script type="application/json" id="boot">(.*?)</script>', text)
    assert found is not None
    told: dict[str, str] = json.loads(found.group(1))
    return told


def preloaded(text: str) -> list[str]:
    """The modules that a page fetches beside the client's script."""
    return re.findall(r'rel="modulepreload" href="([^"]+)"', text)


@pytest.mark.parametrize("path", SHELLS)
def test_every_page_is_the_shell_with_the_client_in_it(nobody: Device, path: str) -> None:
    """# R34"""
    answer = nobody.get(path)
    assert answer.status == 200
    assert f'<script type="module" src="{BUILT.first.script}">' in answer.text
    assert f'href="{BUILT.first.styles[0]}"' in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_words_of_the_page_come_along_with_it_and_no_others(nobody: Device, language: str) -> None:
    """The first paint waits for them. # R35"""
    text = nobody.call("GET", "/", headers={"Accept-Language": language}).text
    assert preloaded(text) == [WORDS[language]]


@pytest.mark.parametrize(("path", "screen"), SCREENS_AT.items())
def test_a_screen_is_fetched_along_with_the_page_that_shows_it(nobody: Device, path: str, screen: str) -> None:
    """And its words: one after the other they would cost a round trip each. # R35"""
    text = nobody.call("GET", path, headers={"Accept-Language": "id"}).text
    assert preloaded(text) == [WORDS["id"], ALL_WORDS["id"], f"{ASSETS}{screen}.js", SHARED]
    styles = re.findall(r'rel="stylesheet" href="([^"]+)"', text)
    assert styles == [*BUILT.first.styles, f"{ASSETS}{screen}.css"]


def asked_along(text: str) -> list[str]:
    """What a page asks the server for before its script runs."""
    return re.findall(r'rel="preload" as="fetch" href="([^"]+)" crossorigin', text)


def test_a_therapists_chat_comes_with_the_dashboard_under_it(ayu: Device, budi: Device) -> None:
    """# R35"""
    path = "/chat/customer_x_therapist_y"
    assert f"{ASSETS}desk-chat.js" in preloaded(ayu.get(path).text)
    assert f"{ASSETS}chat.js" in preloaded(budi.get(path).text)


LISTS = ["/api/bookings", "/api/conversations", "/api/notifications?unacknowledged=true"]


@pytest.mark.parametrize("path", ["/", "/therapist", "/chat/customer_x_therapist_y"])
def test_who_is_here_is_asked_along_with_the_page_and_of_a_stranger_no_more(nobody: Device, path: str) -> None:
    """What is asked only once the script runs comes a round trip later. # R35"""
    assert asked_along(nobody.get(path).text) == ["/api/session"]


def test_a_persons_lists_are_asked_along_and_in_a_chat_its_messages(budi: Device) -> None:
    """# R35"""
    assert asked_along(budi.get("/bookings").text) == ["/api/session", *LISTS]
    messages = "/api/conversations/customer_x_therapist_y/messages?limit=50"
    assert asked_along(budi.get("/chat/customer_x_therapist_y").text) == ["/api/session", *LISTS, messages]


@pytest.mark.parametrize("odd", ["a/../../session", "%22%3E%3Cb", "x" * 200])
def test_an_odd_chat_address_asks_for_nothing_of_its_own(budi: Device, odd: str) -> None:
    """The address is anybody's to write."""
    assert not [ask for ask in asked_along(budi.get(f"/chat/{odd}").text) if "messages" in ask]


def test_an_operator_has_no_lists_to_ask_for(house: House, town: object) -> None:
    """The server would refuse them."""
    assert asked_along(house.device(OPERATOR).get("/operator").text) == ["/api/session"]


def test_the_page_that_is_kept_for_starts_without_a_network_asks_for_nothing(budi: Device) -> None:
    """And shows no screen's heading: it stands for all of them. # R34"""
    text = budi.get("/offline").text
    assert asked_along(text) == []
    assert "<h1" not in text


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_directorys_heading_is_in_the_page_in_the_clients_own_words(nobody: Device, language: str) -> None:
    """The client takes the elements over: with other words they would change under the reader. # R35"""
    text = nobody.call("GET", "/", headers={"Accept-Language": language}).text
    words = (ROOT / "client" / "i18n" / "front" / f"{language}.ts").read_text()
    for key, element in (("directory.title", "h1"), ("directory.lead", "p")):
        told = re.search(rf'"{key}": "([^"]+)"', words)
        shown = re.search(rf"<{element}[^>]*>([^<]+)</{element}>", text)
        assert told is not None
        assert shown is not None
        assert shown.group(1) == told.group(1)


def test_a_page_has_no_script_and_no_style_of_its_own(nobody: Device) -> None:
    """The policy would stop it. # R42"""
    text = nobody.get("/").text
    assert "style=" not in text
    assert "<style" not in text
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert not re.search(r"\son\w+=", text)


def test_a_therapists_page_is_called_after_her_and_an_unknown_one_is_not_found(nobody: Device) -> None:
    """# R1"""
    assert "<title>Ayu Lestari · Tenang</title>" in nobody.get("/therapists/ayu").text
    missing = nobody.get("/therapists/nobody")
    assert missing.status == 404
    assert "<title>Tenang</title>" in missing.text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("id", "id"), ("id-ID,id;q=0.9,en;q=0.8", "id"), ("en-GB", "en"), ("fr,de", "en"), ("", "en"), ("\x7f;q=x", "en")],
)
def test_without_a_session_a_page_speaks_the_browsers_language(nobody: Device, accepted: str, language: str) -> None:
    """# R34"""
    text = nobody.call("GET", "/", headers={"Accept-Language": accepted}).text
    assert f'<html lang="{language}">' in text
    assert boot(text) == {"appName": "Tenang", "locale": language}


@pytest.mark.usefixtures("town")
def test_a_signed_in_person_is_spoken_to_in_her_own(house: House) -> None:
    """# R34"""
    text = house.device(AYU).call("GET", "/", headers={"Accept-Language": "en"}).text
    assert boot(text)["locale"] == "id"


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(("chosen", "language"), [("en", "en"), ("id", "id"), ("fr", "id")])
def test_a_language_chosen_on_the_device_comes_first(house: House, chosen: str, language: str) -> None:
    """# R34"""
    ayu = house.device(AYU)
    ayu.client.set_cookie("tenang_locale", chosen)
    assert boot(ayu.get("/").text)["locale"] == language


def test_the_shell_holds_nothing_about_the_person(budi: Device) -> None:
    """It is what the worker keeps for everybody who uses the phone. # R34"""
    assert "Budi" not in budi.get("/").text


def manifest(device: Device, language: str = "en") -> Any:
    """The manifest in this language."""
    return json.loads(device.call("GET", "/manifest.webmanifest", headers={"Accept-Language": language}).text)


def png(address: str) -> tuple[str, bool]:
    """The size of a picture of ours, as a manifest writes it, and whether it has a channel for what shows through."""
    header = (ROOT / address.lstrip("/")).read_bytes()[:26]
    assert header.startswith(b"\x89PNG"), address
    width, height, _depth, colours = struct.unpack(">IIBB", header[16:])
    return f"{width}x{height}", colours in (4, 6)


def test_the_manifest_names_the_app(nobody: Device) -> None:
    """# R33"""
    answer = nobody.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"].startswith("application/manifest+json")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))
    told = manifest(nobody)
    assert (told["name"], told["display"], told["dir"]) == ("Tenang", "standalone", "ltr")
    # An id of its own: it stays the same app if the page it starts with ever changes.
    assert {told[name] for name in ("id", "start_url", "scope")} == {"/"}
    assert told["categories"]


def test_an_icon_is_there_for_every_purpose_in_the_size_that_is_told(nobody: Device) -> None:
    """# R33"""
    told = manifest(nobody)
    icons = [*told["icons"], *(icon for shortcut in told["shortcuts"] for icon in shortcut["icons"])]
    found = {(icon.get("purpose", "any"), icon["sizes"]) for icon in told["icons"]}
    assert found >= {("any", "192x192"), ("any", "512x512"), ("maskable", "512x512"), ("monochrome", "512x512")}
    for icon in icons:
        if icon["type"] == "image/png":
            assert png(icon["src"])[0] == icon["sizes"], icon
        else:
            assert (ROOT / icon["src"].lstrip("/")).read_text().startswith("<svg"), icon


def test_the_one_coloured_icon_is_a_shape_cut_out_of_nothing(nobody: Device) -> None:
    """A platform uses only how opaque it is. # R33"""
    (icon,) = [icon for icon in manifest(nobody)["icons"] if icon["purpose"] == "monochrome"]
    assert png(icon["src"])[1]


def test_shortcuts_speak_the_persons_language_and_lead_to_pages_of_ours(nobody: Device) -> None:
    """# R33"""
    told = {language: manifest(nobody, language) for language in ("en", "id")}
    assert [shortcut["name"] for shortcut in told["en"]["shortcuts"]] == ["My bookings", "Dashboard"]
    assert [shortcut["name"] for shortcut in told["id"]["shortcuts"]] == ["Pesanan saya", "Dasbor"]
    assert (told["en"]["lang"], told["id"]["lang"]) == ("en", "id")
    assert told["en"]["description"] != told["id"]["description"]
    for shortcut in told["en"]["shortcuts"]:
        assert nobody.get(shortcut["url"]).status == 200


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_manifest_shows_pictures_for_phone_and_desktop(nobody: Device, language: str) -> None:
    """Chromium's install dialog takes those of one shape, whose size is what the manifest says. # R33"""
    pictures = manifest(nobody, language)["screenshots"]
    assert {picture["form_factor"] for picture in pictures} == {"narrow", "wide"}
    for picture in pictures:
        assert png(picture["src"])[0] == picture["sizes"]
        assert picture["label"]


def test_the_worker_is_asked_for_anew_each_time(nobody: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    """# R34"""
    asked: list[str] = []

    def file(folder: object, name: str, mimetype: str) -> Response:
        asked.append(name)
        return Response("// the worker", mimetype=mimetype)

    monkeypatch.setattr("app.web.pages.send_from_directory", file)
    answer = nobody.get("/service-worker.js")
    assert asked == ["service-worker.js"]
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert answer.headers["Content-Type"].startswith("text/javascript")


def test_a_mistyped_address_is_a_page_for_people_and_a_problem_for_programs(nobody: Device) -> None:
    """# R42"""
    page = nobody.call("GET", "/boking", headers={"Accept": "text/html"})
    assert page.status == 404
    assert "<html" in page.text
    assert nobody.call("GET", "/boking", headers={"Accept": "application/json"}).refusal == (404, "not_found")
    assert nobody.call("GET", "/static/nothing.js", headers={"Accept": "text/html"}).refusal == (404, "not_found")
