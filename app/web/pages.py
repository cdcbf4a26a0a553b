"""The pages: one shell for all of them, the web app manifest, and the service worker at the root's scope."""

import re
from pathlib import Path

from flask import Blueprint, Response, redirect, render_template, request, send_from_directory
from werkzeug.wrappers import Response as BaseResponse

from app.config import Settings
from app.domain import directory
from app.domain.errors import NotFound
from app.domain.phrases import LANGUAGES
from app.web.identity import person_or_none
from app.web.problems import problem
from app.web.shell import DIRECTORY, LANGUAGE_VARIES, Shell

#: Written by the client where a person chooses a language on a device.
LANGUAGE_COOKIE = "tenang_locale"
#: With the screen that the client shows there.
SHELL_PATHS = {
    "/": DIRECTORY,
    "/bookings": "bookings",
    "/chat/<path:rest>": "chat",
    "/therapist": "desk",
    "/sign-in": "account",
    "/operator": "operator",
}
#: As client/sync/snapshots.ts asks for them.
PERSONAL_LISTS = ("/api/bookings", "/api/conversations", "/api/notifications?unacknowledged=true")
_CONVERSATION = re.compile(r"[\w-]{1,120}", re.ASCII)


def pages_blueprint(settings: Settings, static_folder: Path) -> Blueprint:
    """Routes for people, not for programs."""
    bp = Blueprint("pages", __name__)
    shell = Shell(settings.app_name, static_folder / "dist")
    _add_pages(bp, shell)
    _add_files(bp, shell)
    _add_worker(bp, shell, settings.service_worker)
    _add_missing(bp, shell)
    return bp


def _add_pages(bp: Blueprint, shell: Shell) -> None:
    """The screens. What is on them is the client's business; the server knows a provider's name, for the title."""

    def plain(screen: str, rest: str = "") -> Response:
        return shell.page(_language(), screen=_screen_of_person(screen), asks=_asks(screen, rest))

    for path, screen in SHELL_PATHS.items():
        bp.add_url_rule(path, f"shell:{path}", plain, defaults={"screen": screen})

    @bp.get("/therapists/<therapist_id>")
    def therapist(therapist_id: str) -> Response:
        try:
            name = directory.find(therapist_id).display_name
            return shell.page(_language(), name, screen="provider", asks=_asks("provider"))
        except NotFound:
            # The client shows its own "not found"; the status is for everybody else.
            return shell.page(_language(), status=404, screen="provider")

    @bp.get("/offline")
    def offline() -> Response:
        """The shell that the service worker keeps for starts without a network."""
        return shell.page(_language())


def _add_files(bp: Blueprint, shell: Shell) -> None:
    """What browsers ask for at the root."""

    @bp.get("/manifest.webmanifest")
    def manifest() -> Response:
        body = render_template("manifest.webmanifest.json", app_name=shell.app_name, language=_language())
        headers = {"Cache-Control": "no-cache", "Vary": LANGUAGE_VARIES}
        return Response(body, mimetype="application/manifest+json", headers=headers)

    @bp.get("/favicon.ico")
    def favicon() -> BaseResponse:
        """Browsers ask for it on every page that names no icon, a JSON document too."""
        return redirect("/static/icons/favicon.svg", 301)


def _add_worker(bp: Blueprint, shell: Shell, is_on: bool) -> None:
    @bp.get("/service-worker.js")
    def service_worker() -> Response:
        """At the root, because a worker may serve nothing above its own address. While it is switched off, one that
        undoes it: a browser runs what it had until it is given another.
        """
        if is_on:
            response = send_from_directory(shell.dist, "service-worker.js", mimetype="text/javascript")
        else:
            response = Response(render_template("service-worker-off.js"), mimetype="text/javascript")
        response.headers["Cache-Control"] = "no-cache"
        return response


def _add_missing(bp: Blueprint, shell: Shell) -> None:
    @bp.app_errorhandler(404)
    def missing(_error: Exception) -> Response:
        """A person who mistyped an address sees our own page; a program gets a problem."""
        if request.path.startswith(("/api/", "/static/")) or not _wants_html():
            return problem(404, "not_found", "There is nothing at this address.")
        return shell.page(_language(), status=404)


def _screen_of_person(screen: str) -> str:
    """A chat lies over the dashboard where a therapist opens it, and over a customer's bookings else."""
    person = person_or_none() if screen == "chat" else None
    return "desk-chat" if person and person.role == "therapist" else screen


def _asks(screen: str, conversation_id: str = "") -> list[str]:
    """What the client will ask for first; it asks again where that turns out to be older than the session."""
    asks = ["/api/session"]
    person = person_or_none()
    if person and person.role != "operator":
        asks += PERSONAL_LISTS
        if screen == "chat" and _CONVERSATION.fullmatch(conversation_id):
            asks.append(f"/api/conversations/{conversation_id}/messages?limit=50")
    return asks


def _wants_html() -> bool:
    """Whether HTML is asked for by name: a program that takes anything is better served with a problem."""
    return any(kind == "text/html" for kind, _quality in request.accept_mimetypes)


def _language() -> str:
    """Chosen on this device, else the signed-in person's, else the browser's.

    The client's rule too (client/features/shell/language.ts), so that a reload never changes the language.
    """
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    person = person_or_none()
    if person and person.locale in LANGUAGES:
        return person.locale
    return request.accept_languages.best_match(LANGUAGES) or "en"
