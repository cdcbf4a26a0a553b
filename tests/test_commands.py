"""Commands of ``flask``: what they refuse, and what they tell of rules on trial."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.contact_guard import DEFAULT
from app.contact_guard.rules import FOLDER
from app.models import Therapist, User
from tests.domain.databases import migrated, opened
from tests.support.databases import environment, flask
from tests.web.house import FIELD_KEY


def test_the_demo_is_refused_in_production_and_writes_nothing(tmp_path: Path) -> None:
    """Its passwords are in the README. # R43"""
    url = migrated(f"sqlite:///{tmp_path / 'tenang.sqlite3'}")
    with pytest.raises(AssertionError, match="APP_ENV is production"):
        flask(["demo"], environment(DATABASE_URL=url, APP_ENV="production", FIELD_KEYS=FIELD_KEY))
    with opened(url) as store:
        assert store.read(lambda session: session.query(Therapist).count() + session.query(User).count()) == 0


def test_what_rules_on_trial_would_change_is_told_as_json(tmp_path: Path) -> None:
    """# R17"""
    url = migrated(f"sqlite:///{tmp_path / 'tenang.sqlite3'}")
    rules = tmp_path / "rules"
    shutil.copytree(FOLDER, rules)
    settings = json.loads((rules / "engine.json").read_text())
    (rules / "engine.json").write_text(json.dumps(settings | {"version": "trial-8"}))
    told = flask(["contact-guard-shadow"], environment(DATABASE_URL=url, CONTACT_GUARD_SHADOW_RULES=str(rules)))
    assert json.loads(told) == {
        "version": "trial-8",
        "enforcing": DEFAULT.version,
        "newlyBlocked": [],
        "newlyAllowed": [],
    }
    with pytest.raises(AssertionError, match="CONTACT_GUARD_SHADOW_RULES is not set"):
        flask(["contact-guard-shadow"], environment(DATABASE_URL=url))
