"""Client and server speak of the same things: types, events, close codes and field codes stand in both."""

import json
import os
import re
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import get_args

from app.domain import banks, chat
from app.events.types import EventType
from app.realtime import close_codes, protocol

ROOT = Path(__file__).resolve().parents[1]
CLIENT = ROOT / "client"


def test_the_clients_types_are_those_of_the_servers_document(tmp_path: Path) -> None:
    document, generated = tmp_path / "openapi.json", tmp_path / "api.gen.ts"
    environment = os.environ | {"FLASK_APP": "wsgi.py", "DATABASE_URL": f"sqlite:///{tmp_path / 'none.db'}"}
    flask = ROOT / ".venv" / "bin" / "flask"
    subprocess.run([flask, "openapi-document", document], cwd=ROOT, env=environment, check=True)
    generator = ROOT / "node_modules" / ".bin" / "openapi-typescript"
    subprocess.run([generator, document, "--output", generated], cwd=ROOT, check=True, capture_output=True)
    stale = "client/net/api.gen.ts is stale: run `make api-types`"
    assert (CLIENT / "net" / "api.gen.ts").read_text() == generated.read_text(), stale


def test_the_client_knows_every_event() -> None:
    named = set(re.findall(r'"([a-z]+\.[a-z]+)"', (CLIENT / "net" / "types.ts").read_text()))
    assert named == set(get_args(EventType))


def test_the_client_knows_every_close_code_that_asks_something_of_it() -> None:
    frames = (CLIENT / "net" / "frames.ts").read_text()
    codes = {int(code) for code in re.findall(r":\s*([14]0\d\d)\b", frames)}
    assert codes >= {
        close_codes.POLICY,
        close_codes.RESTART,
        close_codes.SIGNED_OUT,
        close_codes.TOO_SLOW,
        close_codes.FLOOD,
    }
    assert f"PROTOCOL = {protocol.VERSION}" in frames


def test_both_catalogues_have_words_for_every_field_code() -> None:
    listed = (ROOT / "docs" / "protocol.md").read_text().split("Field codes:")[1].split("\n\n")[0]
    codes = set(re.findall(r"`(\w+)`", listed))
    for language in ("en", "id"):
        words = (CLIENT / "i18n" / f"{language}.ts").read_text()
        missing = {code for code in codes if f'"error.{code}' not in words}
        assert not missing, json.dumps({language: sorted(missing)})


def test_both_sides_offer_the_same_banks() -> None:
    offered = (CLIENT / "features" / "payment" / "banks.ts").read_text().split("BANKS = [")[1].split("]")[0]
    assert tuple(re.findall(r'"([^"]+)"', offered)) == banks.KNOWN


def test_the_filter_looks_back_as_far_on_both_sides() -> None:
    """Otherwise one side would refuse what the other lets pass. # R17"""
    source = (CLIENT / "state" / "messages.ts").read_text()
    count = re.search(r"^const RECENT_MESSAGES = (\d+);$", source, re.MULTILINE)
    minutes = re.search(r"^const RECENT_TIME = (\d+) \* 60_000;$", source, re.MULTILINE)
    assert count
    assert int(count[1]) == chat.RECENT_MESSAGES
    rules = json.loads((ROOT / "app" / "contact_guard" / "rules" / "engine.json").read_text())
    assert rules["messages"] == chat.RECENT_MESSAGES
    assert minutes
    assert timedelta(minutes=int(minutes[1])) == chat.RECENT_TIME
