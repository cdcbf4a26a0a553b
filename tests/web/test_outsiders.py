"""Every route, knocked at by people who have no business there. A route that is not in the table fails."""

from __future__ import annotations

from typing import Any

import pytest

from app.models import Booking, Conversation, Message, Notification
from tests.domain.people import KOMANG, OPERATOR, SARI
from tests.domain.town import Town
from tests.web.device import Answer, Device
from tests.web.doors import DOORS, NOWHERE, Door, budis_things
from tests.web.house import House

STRANGERS = {"customer": SARI, "therapist": KOMANG, "operator": OPERATOR}
API = [door for door in DOORS if door.rule.startswith("/api/")]
CLOSED = [door for door in API if door.roles]
OWNED = [door for door in DOORS if door.owned]
OWNED_BY_OTHERS = [(door, role) for door in OWNED for role in door.roles]


def name_of(value: object) -> str:
    """How a door, or a role, is called in a test's name."""
    return value.name if isinstance(value, Door) else str(value)


@pytest.fixture
def things(town: Town) -> dict[str, str]:
    """Ids of what belongs to Budi and Ayu."""
    return budis_things(town)


def without_its_id(answer: Answer) -> dict[str, Any]:
    """A problem but for the id of the request."""
    return {name: value for name, value in answer.body.items() if name != "requestId"}


@pytest.mark.usefixtures("town")
def test_every_route_is_in_the_table(house: House) -> None:
    """# R42"""
    routes = {
        (method, rule.rule)
        for rule in house.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routes == {(door.method, door.rule) for door in DOORS}


@pytest.mark.parametrize("door", CLOSED, ids=name_of)
def test_without_a_session_one_is_asked_to_sign_in(
    town: Town, things: dict[str, str], nobody: Device, door: Door
) -> None:
    """Whether what is asked for exists or not. # R10"""
    before = town.census()
    answers = [door.knock(nobody, ids) for ids in (things, NOWHERE)]
    assert {answer.refusal for answer in answers} == {(401, "sign_in_required")}
    assert without_its_id(answers[0]) == without_its_id(answers[1])
    assert town.census() == before


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize("door", CLOSED, ids=name_of)
def test_the_wrong_kind_of_account_is_refused(
    town: Town, things: dict[str, str], house: House, door: Door, role: str
) -> None:
    """# R36 # R42"""
    device = house.device(STRANGERS[role])
    before = town.census()
    answers = [door.knock(device, ids) for ids in (things, NOWHERE)]
    if role in door.roles:
        assert all(answer.status != 403 for answer in answers)
        return
    assert {answer.refusal for answer in answers} == {(403, "wrong_role")}
    assert without_its_id(answers[0]) == without_its_id(answers[1])
    assert town.census() == before


@pytest.mark.parametrize(("door", "role"), OWNED_BY_OTHERS, ids=name_of)
def test_what_is_not_ones_own_looks_like_what_does_not_exist(
    town: Town, things: dict[str, str], house: House, door: Door, role: str
) -> None:
    """# R11"""
    device = house.device(STRANGERS[role])
    before = town.census()
    others, unknown = door.knock(device, things), door.knock(device, NOWHERE)
    assert others.refusal == (404, "not_found")
    assert without_its_id(others) == without_its_id(unknown)
    assert town.census() == before


@pytest.mark.parametrize("door", [door for door in CLOSED if door.method != "GET"], ids=name_of)
def test_nothing_is_done_in_the_name_of_somebody_who_signed_in_meanwhile(
    town: Town, things: dict[str, str], house: House, door: Door
) -> None:
    """The page was somebody else's when it asked, and the browser had another cookie by then. # R13"""
    device, before = house.device(door.somebody), town.census()
    answers = [door.knock(device, ids, **{"X-Person": SARI.id}) for ids in (things, NOWHERE)]
    assert {answer.refusal for answer in answers} == {(401, "sign_in_required")}
    assert town.census() == before
    assert door.knock(device, things, **{"X-Person": door.somebody.id}).status != 401


@pytest.mark.parametrize("door", [door for door in API if not door.roles], ids=name_of)
def test_what_is_open_asks_for_no_session(things: dict[str, str], nobody: Device, door: Door) -> None:
    """# R1 # R10"""
    answer = door.knock(nobody, things)
    assert answer.status != 403
    # The password is wrong, or is nobody's.
    assert (answer.status == 401) == (door.name in ("POST /api/session", "POST /api/session/register"))


@pytest.mark.parametrize("door", OWNED, ids=name_of)
def test_nothing_of_others_is_changed_by_trying_every_door(
    town: Town, things: dict[str, str], house: House, door: Door
) -> None:
    """# R11"""
    before = [town.count(table) for table in (Booking, Conversation, Message, Notification)]
    versions = town.room(things["conversation_id"]).version, town.room(things["conversation_id"]).last_seq
    for stranger in STRANGERS.values():
        door.knock(house.device(stranger), things)
    assert [town.count(table) for table in (Booking, Conversation, Message, Notification)] == before
    room = town.room(things["conversation_id"])
    assert (room.version, room.last_seq) == versions


@pytest.mark.parametrize("door", OWNED, ids=name_of)
def test_head_and_options_tell_no_more_than_get(things: dict[str, str], nobody: Device, door: Door) -> None:
    """# R11"""
    for method in ("HEAD", "OPTIONS"):
        response = nobody.client.open(door.path(things), method=method)
        assert response.status_code in (401, 405)
