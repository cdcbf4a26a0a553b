"""Files of the built client: kept for good by their name, and sent as small as the browser understands."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it has no types
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse
from whitenoise.compress import main as compress

from app.web.static_files import serve_static

SCRIPT = "/static/dist/assets/main-B1c_d-9z.js"
TEXT = b"export const calm = 'tenang';\n" * 200


@pytest.fixture
def browser(tmp_path: Path) -> FlaskClient:
    """Asks for a built client, compressed as the Makefile has it done, and for files beside it."""
    assets = tmp_path / "static" / "dist" / "assets"
    assets.mkdir(parents=True)
    (assets / "main-B1c_d-9z.js").write_bytes(TEXT)
    (assets / "tiny-B1c_d-9z.js").write_bytes(b"1")
    (assets / "plain.js").write_bytes(TEXT)
    assert compress(["--quiet", str(assets)]) == 0
    (tmp_path / "static" / "icon.svg").write_text("<svg/>")
    (tmp_path / "static" / "icon-192.png").write_bytes(b"\x89PNG")
    app = Flask(__name__, static_folder=None)
    serve_static(app, tmp_path / "static")
    return app.test_client()


def ask(browser: FlaskClient, path: str, accepted: str = "") -> TestResponse:
    """The answer, read to its end, so that the file behind it is closed."""
    return browser.get(path, headers={"Accept-Encoding": accepted}, buffered=True)


def test_a_file_with_its_content_in_its_name_is_kept_for_good(browser: FlaskClient) -> None:
    """# R35"""
    headers = ask(browser, SCRIPT).headers
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert headers["Content-Type"].startswith("text/javascript")
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/static/dist/assets/plain.js", "/static/icon.svg", "/static/icon-192.png"])
def test_a_file_without_is_asked_for_again_after_a_day(browser: FlaskClient, path: str) -> None:
    """Its content may change under its name. # R35"""
    assert ask(browser, path).headers["Cache-Control"] == "max-age=86400, public"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("br", "br"), ("gzip", "gzip"), ("", None), ("identity", None)],
)
def test_it_is_sent_as_small_as_the_browser_understands(
    browser: FlaskClient, accepted: str, encoding: str | None
) -> None:
    """# R35"""
    answer = ask(browser, SCRIPT, accepted)
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"].endswith("immutable")
    opened = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding](answer.data)
    assert opened == TEXT
    assert encoding is None or len(answer.data) < len(TEXT) / 10


def test_what_would_not_get_smaller_is_sent_as_it_is(browser: FlaskClient) -> None:
    """# R35"""
    answer = ask(browser, "/static/dist/assets/tiny-B1c_d-9z.js", "br, gzip")
    assert "Content-Encoding" not in answer.headers
    assert answer.data == b"1"


@pytest.mark.parametrize("path", ["/static/../app/config.py", "/static/dist/assets/gone-B1c_d-9z.js", "/static/"])
def test_what_is_not_there_is_not_found_and_kept_by_nobody(browser: FlaskClient, path: str) -> None:
    """A device that asks for the script of an old version must not keep the refusal. # R34"""
    answer = ask(browser, path)
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_a_picture_that_is_a_document_runs_nothing(browser: FlaskClient) -> None:
    """# R42"""
    assert ask(browser, "/static/icon.svg").headers["Content-Security-Policy"].startswith("default-src 'none'")
