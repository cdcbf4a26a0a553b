"""Static files straight from the WSGI layer, precompressed where the build made it so (WhiteNoise)."""

import re
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.responders import Headers

DAY_SECONDS = 24 * 3600
_HASHED = re.compile(r"/assets/.+-[\w-]{8}\.\w+$")


def serve_static(app: Flask, folder: Path) -> None:
    """Serve ``folder`` under ``/static/``; files with a content hash in their name are kept for good."""
    static = WhiteNoise(
        app.wsgi_app,
        max_age=DAY_SECONDS,
        allow_all_origins=False,
        immutable_file_test=lambda path, url: bool(_HASHED.search(url)),
        add_headers_function=_headers,
    )
    if folder.exists():
        static.add_files(str(folder), prefix="static/")
    app.wsgi_app = static  # type: ignore[method-assign]  # Flask's documented way to wrap it


def _headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if url.endswith(".svg"):
        # An SVG opened by itself is a document; it needs nothing but its own shapes.
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
