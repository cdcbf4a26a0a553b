"""The one page of the client: an empty shell that loads it."""

from dataclasses import dataclass
from pathlib import Path

from flask import Response, make_response, render_template

from app.web import assets

#: What the language of a page depends on.
LANGUAGE_VARIES = "Accept-Language, Cookie"


@dataclass(frozen=True, slots=True)
class Shell:
    """The shell of one installation; ``dist`` is where the built client lies."""

    app_name: str
    dist: Path

    def page(self, language: str, title: str = "", status: int = 200) -> Response:
        """The shell in this language, titled with the application's name and, before it, with ``title``.

        :raises NotBuilt: there is no built client
        """
        page = render_template(
            "shell.html",
            app_name=self.app_name,
            title=f"{title} · {self.app_name}" if title else self.app_name,
            language=language,
            entry=assets.entry(self.dist),
        )
        response = make_response(page, status)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = LANGUAGE_VARIES
        return response
