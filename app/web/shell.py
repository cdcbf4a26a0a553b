"""The one page of the client: an empty shell that loads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Response, make_response, render_template

from app.web import assets

#: The screen that the client shows first; it is in the client's first files.
DIRECTORY = "directory"
#: What the language of a page depends on.
LANGUAGE_VARIES = "Accept-Language, Cookie"


@dataclass(frozen=True, slots=True)
class Shell:
    """The shell of one installation; ``dist`` is where the built client lies."""

    app_name: str
    dist: Path

    def page(
        self, language: str, title: str = "", status: int = 200, screen: str | None = None, asks: Sequence[str] = ()
    ) -> Response:
        """The shell in this language, titled with the application's name and, before it, with ``title``.

        :param screen: one of ``assets.SCREENS``, whose files are fetched along instead of one after the other, or
            ``DIRECTORY``; None for a page that may be anything
        :param asks: what the screen asks the server for first: asked along with its files, and not after them
        :raises NotBuilt: there is no built client
        """
        client = assets.client(self.dist)
        more = client.screens.get(screen or "", ())
        parts = (client.first, *more)
        words = (client.first_words, client.screen_words) if more else (client.first_words,)
        modules = [*client.first.imports, *(of[language] for of in words)]
        for part in parts[1:]:
            modules += [part.script, *part.imports]
        page = render_template(
            "shell.html",
            app_name=self.app_name,
            title=f"{title} · {self.app_name}" if title else self.app_name,
            language=language,
            script=client.first.script,
            styles=dict.fromkeys(style for part in parts for style in part.styles),
            modules=[module for module in dict.fromkeys(modules) if module != client.first.script],
            screen=screen,
            asks=asks,
        )
        response = make_response(page, status)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = LANGUAGE_VARIES
        return response
