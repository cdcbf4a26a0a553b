"""Commands of ``flask``."""

import json
from pathlib import Path

import click
from flask_openapi import OpenAPI

from app.config import Settings
from app.demo import load_demo
from app.web.openapi import openapi_document


def register(app: OpenAPI) -> None:
    """Add the commands to ``flask``."""
    settings: Settings = app.extensions["settings"]

    @app.cli.command("demo")
    def demo() -> None:
        """Fill an empty database with demo data; done once, refused in production."""
        if settings.is_production:
            raise click.ClickException("Demo data is for development only; APP_ENV is production.")
        click.echo(load_demo())

    @app.cli.command("openapi-document")
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
    def document(file: Path) -> None:
        """Write the OpenAPI document to FILE."""
        file.write_text(json.dumps(openapi_document(app), indent=1, sort_keys=True) + "\n")
