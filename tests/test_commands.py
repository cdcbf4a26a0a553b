"""Commands of ``flask``: what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

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
