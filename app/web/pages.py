"""The pages: one shell for all of them, the web app manifest, and the service worker at the root's scope."""

from pathlib import Path

from flask import Blueprint, Response, make_response, redirect, render_template, request, send_from_directory
from werkzeug.wrappers import Response as BaseResponse

from app.config import Settings
from app.domain import directory
from app.domain.errors import NotFound
from app.domain.phrases import LANGUAGES
from app.web import assets
from app.web.identity import person_or_none
from app.web.problems import problem

SHELL_PATHS = ("/", "/bookings", "/chat/<path:rest>", "/therapist", "/sign-in")


def pages_blueprint(settings: Settings, static_folder: Path) -> Blueprint:
    """Routes for people, not for programs."""
    bp = Blueprint("pages", __name__)
    dist = static_folder / "dist"

    def shell(title: str, status: int = 200) -> Response:
        page = render_template(
            "shell.html",
            app_name=settings.app_name,
            title=title,
            language=_language(),
            entry=assets.entry(dist),
        )
        response = make_response(page, status)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = "Accept-Language, Cookie"
        return response

    def plain(rest: str = "") -> Response:
        return shell(settings.app_name)

    for path in SHELL_PATHS:
        bp.add_url_rule(path, f"shell:{path}", plain)

    @bp.get("/therapists/<therapist_id>")
    def therapist(therapist_id: str) -> Response:
        try:
            return shell(f"{directory.find(therapist_id).display_name} · {settings.app_name}")
        except NotFound:
            # The client shows its own "not found"; the status is for everybody else.
            return shell(settings.app_name, 404)

    @bp.get("/offline")
    def offline() -> Response:
        """The shell that the service worker keeps for starts without a network."""
        return shell(settings.app_name)

    @bp.get("/manifest.webmanifest")
    def manifest() -> Response:
        body = render_template("manifest.webmanifest.json", app_name=settings.app_name, language=_language())
        return Response(body, mimetype="application/manifest+json", headers={"Cache-Control": "no-cache"})

    @bp.get("/favicon.ico")
    def favicon() -> BaseResponse:
        """Browsers ask for it on every page that names no icon, a JSON document too."""
        return redirect("/static/icons/favicon.svg", 301)

    @bp.get("/service-worker.js")
    def service_worker() -> Response:
        response = send_from_directory(dist, "service-worker.js", mimetype="text/javascript")
        response.headers["Cache-Control"] = "no-cache"
        return response

    @bp.app_errorhandler(404)
    def missing(_error: Exception) -> Response:
        """A person who mistyped an address sees our own page; a program gets a problem."""
        if request.path.startswith(("/api/", "/static/")) or not _wants_html():
            return problem(404, "not_found", "There is nothing at this address.")
        return shell(settings.app_name, 404)

    return bp


def _wants_html() -> bool:
    """Whether HTML is asked for by name: a program that takes anything is better served with a problem."""
    return any(kind == "text/html" for kind, _quality in request.accept_mimetypes)


def _language() -> str:
    """The signed-in person's language, else the browser's."""
    person = person_or_none()
    if person and person.locale in LANGUAGES:
        return person.locale
    return request.accept_languages.best_match(LANGUAGES) or "en"
