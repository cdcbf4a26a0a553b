"""``GET /healthz`` and ``GET /readyz``"""

from __future__ import annotations

import pytest

from app.storage import StoreBusy, store
from tests.web.device import Device


def test_a_process_that_lives_says_so(nobody: Device) -> None:
    """# R42"""
    assert nobody.get("/healthz").body == {"status": "ok"}
    assert nobody.get("/readyz").body == {"status": "ok"}


@pytest.mark.parametrize("fault", [StoreBusy("locked"), OSError("disk gone"), RuntimeError("anything")])
def test_without_its_database_it_lives_but_is_not_ready(
    nobody: Device, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """# R42"""

    def away(_: object) -> None:
        raise fault

    monkeypatch.setattr(store, "read", away)
    assert nobody.get("/healthz").status == 200
    answer = nobody.client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "down"})
