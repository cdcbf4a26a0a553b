"""Commands of ``flask``."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask_openapi import OpenAPI

from app import contact_guard
from app.config import Settings
from app.demo import load_demo
from app.domain import oversight
from app.extensions import Base
from app.storage import rotation
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

    @app.cli.command("rotate-field-keys")
    def rotate_field_keys() -> None:
        """Encrypt all private fields anew with the first of FIELD_KEYS; may be cut off and run again."""
        unreadable = 0
        for column in rotation.rotate(Base.metadata.sorted_tables):
            unreadable += column.unreadable
            click.echo(
                f"{column.name}: {column.rewritten} rewritten, {column.current} were current, "
                f"{column.unreadable} unreadable"
            )
        if unreadable:
            raise click.ClickException(
                f"{unreadable} values were written with a key that is not in FIELD_KEYS. They were left as they are; "
                "put that key behind the others and run this again."
            )
        click.echo("Everything is encrypted with the first of FIELD_KEYS now.")

    @app.cli.command("contact-guard")
    @click.option("--rules", type=click.Path(path_type=Path, file_okay=False), help="Another folder of rules.")
    @click.option("--spans", is_flag=True, help="Tell which characters, and which message of a run.")
    def judge_cases(rules: Path | None, spans: bool) -> None:
        """Judge cases from standard input, one JSON object a line; the verdicts go to standard output."""
        try:
            chosen = contact_guard.load_rules(rules) if rules else contact_guard.DEFAULT
        except contact_guard.RuleError as error:
            raise click.ClickException(str(error)) from error
        for line in sys.stdin:
            if line.strip():
                click.echo(json.dumps(_judged(json.loads(line), chosen, spans)))

    @app.cli.command("contact-guard-shadow")
    def shadow() -> None:
        """Tell what the rules of CONTACT_GUARD_SHADOW_RULES would change, as JSON."""
        if settings.contact_guard_shadow_rules is None:
            raise click.ClickException("No rules are on trial: CONTACT_GUARD_SHADOW_RULES is not set.")
        click.echo(oversight.shadow_summary().model_dump_json(indent=1))


def _judged(case: dict[str, Any], rules: contact_guard.Rules, spans: bool) -> dict[str, object]:
    """The answer to one case: the first message that would be refused when it is sent decides."""
    messages: list[str] = case["messages"] if "messages" in case else [case["text"]]
    place, verdict = 0, contact_guard.Verdict(False)
    for place, message in enumerate(messages):
        verdict = contact_guard.check(message, messages[:place], rules)
        if verdict.blocked:
            break
    answer: dict[str, object] = {"id": case["id"], "blocked": verdict.blocked, "code": verdict.code}
    if spans:
        answer |= {"message": place if verdict.blocked else None, "spans": verdict.spans}
    return answer
