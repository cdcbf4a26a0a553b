"""Answers that are smaller on their way. Only those that anybody may read: a secret beside words that a stranger chose
could be guessed from the length of a compressed answer.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask
from flask_compress import Compress

View = TypeVar("View", bound=Callable[..., Any])

_compress = Compress()


def register_compression(app: Flask) -> None:
    """Compress what the routes marked ``compressed`` answer, and nothing else."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        # A smaller one travels in one packet either way.
        COMPRESS_MIN_SIZE=1000,
    )
    _compress.init_app(app)


def compressed(view: View) -> View:
    """Answers what the client says it can read: brotli, else gzip, else as it is."""
    return cast(View, _compress.compressed()(view))
