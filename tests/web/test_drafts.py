"""``GET|PUT|DELETE /api/drafts/{therapistId}``"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from app import storage
from app.domain import rates
from app.models import Draft
from tests.domain.people import BUDI, SARI
from tests.domain.town import Town, at
from tests.web.device import Answer, Device, form
from tests.web.house import House

AYUS = "/api/drafts/ayu"
FULL: dict[str, Any] = {
    "serviceId": "ayu.60",
    "customerName": "Budi",
    "customerWhatsApp": "0812 345",
    "locationType": "hotel",
    "area": "Sanur ",
    "location": "Hotel Melati\nroom 12",
    "massageFor": "male",
    "when": "later",
    "scheduledTime": "2027-01-14T04:00:00.000Z",
    "note": "",
    "lastModified": "2027-01-13T01:59:00.123Z",
    "schema": 2,
}
EMPTY: dict[str, Any] = dict.fromkeys(FULL)


def put(device: Device, base: int = 0, path: str = AYUS, **draft: Any) -> Answer:
    return device.put(path, {"baseVersion": base, "draft": draft})


def told(town: Town, after: int = 0) -> list[tuple[str, dict[str, Any]]]:
    """What Budi's other devices are told about drafts."""
    return [event for event in town.events(BUDI, after) if event[0] == "draft.changed"]


def test_before_the_first_there_is_none(budi: Device) -> None:
    """# R29"""
    assert budi.get(AYUS).body == {"version": 0, "draft": None, "updatedAt": None}


def test_a_saved_draft_comes_back_as_it_was_typed(town: Town, budi: Device) -> None:
    """Also its times: a device compares the texts. # R29"""
    saved = put(budi, **FULL)
    assert (saved.status, saved.body) == (200, {"version": 1})
    found = budi.get(AYUS).body
    assert (found["version"], found["draft"]) == (1, FULL)
    assert found["updatedAt"] == town.clock().isoformat().replace("+00:00", "Z")
    assert told(town) == [("draft.changed", {"therapistId": "ayu", "version": 1})]


def test_a_draft_need_not_be_complete(budi: Device) -> None:
    """# R29"""
    put(budi, area="Kuta")
    assert budi.get(AYUS).body["draft"] == EMPTY | {"area": "Kuta"}
    assert put(budi, 1).body == {"version": 2}
    assert budi.get(AYUS).body["draft"] == EMPTY


def test_a_contact_in_a_text_that_nobody_else_reads_is_the_customers_own_affair(budi: Device) -> None:
    """It is refused when it is sent. # R16"""
    assert put(budi, note="call 0812-3456-7890").status == 200
    assert budi.submit(form(note="call 0812-3456-7890")).code == "contact_blocked"


def test_a_device_that_has_not_seen_the_newest_overwrites_nothing(town: Town, budi: Device) -> None:
    """# R29"""
    put(budi, area="Kuta")
    put(budi, 1, area="Sanur")
    head = town.head(BUDI)
    for stale in (0, 1, 3):
        refused = put(budi, stale, area="Ubud")
        assert refused.refusal == (409, "draft_changed")
        assert refused.body["current"] == budi.get(AYUS).body
        assert refused.body["current"]["draft"]["area"] == "Sanur"
    assert told(town, head) == []


def test_the_same_draft_again_is_no_conflict_and_no_news(town: Town, budi: Device) -> None:
    """Its answer may have been lost. # R29"""
    put(budi, **FULL)
    head = town.head(BUDI)
    assert put(budi, **FULL).body == {"version": 1}
    assert put(budi, 1, **FULL).body == {"version": 1}
    assert told(town, head) == []


def test_a_removed_draft_keeps_its_version(town: Town, budi: Device) -> None:
    """Or a device that was away would hold an old version for the newest. # R29"""
    put(budi, area="Kuta")
    assert budi.delete(AYUS).body == {"version": 2}
    found = budi.get(AYUS).body
    assert (found["version"], found["draft"]) == (2, None)
    assert [data["version"] for _, data in told(town)] == [1, 2]
    refused = put(budi, 1, area="Kuta")
    assert (refused.code, refused.body["current"]["draft"]) == ("draft_changed", None)
    assert put(budi, 2, area="Kuta").body == {"version": 3}


def test_removing_what_is_not_there_changes_nothing(town: Town, budi: Device) -> None:
    """# R28"""
    assert budi.delete(AYUS).body == {"version": 0}
    put(budi, area="Kuta")
    budi.delete(AYUS)
    head = town.head(BUDI)
    assert budi.delete(AYUS).body == {"version": 2}
    assert budi.delete(f"{AYUS}?baseVersion=1").body == {"version": 2}
    assert told(town, head) == []
    assert town.count(Draft) == 1


def test_a_device_may_remove_only_what_it_has_seen(budi: Device) -> None:
    """# R29"""
    put(budi, area="Kuta")
    put(budi, 1, area="Sanur")
    refused = budi.delete(f"{AYUS}?baseVersion=1")
    assert (refused.code, refused.body["current"]["version"]) == ("draft_changed", 2)
    assert budi.delete(f"{AYUS}?baseVersion=2").body == {"version": 3}


def test_a_save_on_its_way_comes_too_late_once_its_version_was_removed(town: Town, budi: Device) -> None:
    """Whether there was a draft in that version or none yet; and nobody is told of nothing. # R28"""
    for base in (0, 1):
        assert budi.delete(f"{AYUS}?baseVersion={base}").body == {"version": base + 1}
        assert budi.delete(f"{AYUS}?baseVersion={base}").body == {"version": base + 1}
        late = put(budi, base, area="Kuta")
        assert (late.refusal, late.body["current"]["draft"]) == ((409, "draft_changed"), None)
    assert told(town) == []
    assert put(budi, 2, area="Kuta").body == {"version": 3}
    assert put(budi, 0, area="Kuta").body == {"version": 3}


@pytest.mark.parametrize("base", ["x", "-1", "1.5", "99999999999"])
def test_a_wrong_version_to_remove_is_named(budi: Device, base: str) -> None:
    """# R29"""
    put(budi, area="Kuta")
    answer = budi.delete(f"{AYUS}?baseVersion={base}")
    assert (answer.status, [field for field, _ in answer.fields]) == (422, ["baseVersion"])
    assert budi.get(AYUS).body["version"] == 1


def test_nobody_finds_anothers_draft(budi: Device, sari: Device, ayu: Device) -> None:
    """# R26 # R29"""
    put(budi, **FULL)
    assert sari.get(AYUS).body == {"version": 0, "draft": None, "updatedAt": None}
    assert sari.delete(AYUS).body == {"version": 0}
    assert put(sari, area="Ubud").body == {"version": 1}
    assert ayu.get(AYUS).refusal == (403, "wrong_role")
    assert budi.get(AYUS).body["draft"] == FULL


def test_drafts_for_two_providers_have_nothing_to_do_with_each_other(budi: Device) -> None:
    """# R26"""
    put(budi, area="Kuta")
    assert put(budi, 0, "/api/drafts/komang", area="Canggu").body == {"version": 1}
    budi.delete(AYUS)
    assert budi.get("/api/drafts/komang").body["draft"]["area"] == "Canggu"


@pytest.mark.parametrize("provider", ["nobody", "ayu%00", "🦊", "x" * 300, "__proto__"])
def test_without_a_provider_there_is_no_draft(town: Town, budi: Device, provider: str) -> None:
    """# R29"""
    path = f"/api/drafts/{provider}"
    answers = [budi.get(path), put(budi, 0, path, area="Kuta"), budi.delete(path)]
    assert {answer.status for answer in answers} <= {400, 404}
    assert town.count(Draft) == 0


WRONG: list[tuple[dict[str, Any], set[tuple[str, str]]]] = [
    ({"price": 1}, {("draft.price", "unknown")}),
    ({"__proto__": {"isAdmin": True}}, {("draft.__proto__", "unknown")}),
    ({"constructor": 1, "area": 5}, {("draft.constructor", "unknown"), ("draft.area", "type")}),
    ({"\ud800": 1}, {("draft", "invalid")}),
    ({"customer_name": "Budi"}, {("draft.customer_name", "unknown")}),
    ({"schemaNumber": 1}, {("draft.schemaNumber", "unknown")}),
    ({"customerName": 7}, {("draft.customerName", "type")}),
    ({"customerName": ["Budi"]}, {("draft.customerName", "type")}),
    ({"customerName": "x" * 81}, {("draft.customerName", "too_long")}),
    ({"customerName": "Bu\x00di"}, {("draft.customerName", "invalid_characters")}),
    ({"customerName": "Bu\ud800di"}, {("draft.customerName", "invalid_characters")}),
    ({"customerName": "Bu\ndi"}, {("draft.customerName", "invalid_characters")}),
    ({"customerWhatsApp": "0" * 41}, {("draft.customerWhatsApp", "too_long")}),
    ({"customerWhatsApp": 628123456789}, {("draft.customerWhatsApp", "type")}),
    ({"area": "x" * 81, "location": "x" * 301}, {("draft.area", "too_long"), ("draft.location", "too_long")}),
    ({"note": "x" * 501}, {("draft.note", "too_long")}),
    ({"note": "a\u202eb\ud800"}, {("draft.note", "invalid_characters")}),
    ({"locationType": "boat"}, {("draft.locationType", "invalid_choice")}),
    ({"massageFor": True}, {("draft.massageFor", "invalid_choice")}),
    ({"when": "soon"}, {("draft.when", "invalid_choice")}),
    ({"serviceId": ""}, {("draft.serviceId", "too_short")}),
    ({"serviceId": "a b"}, {("draft.serviceId", "invalid")}),
    ({"scheduledTime": 1_800_000_000}, {("draft.scheduledTime", "type")}),
    ({"scheduledTime": "tomorrow"}, {("draft.scheduledTime", "invalid")}),
    ({"scheduledTime": "2027-13-45T99:00:00Z"}, {("draft.scheduledTime", "invalid")}),
    ({"scheduledTime": "2027-01-14T12:00:00+08:00"}, {("draft.scheduledTime", "invalid")}),
    ({"scheduledTime": "0000-01-14T12:00:00Z"}, {("draft.scheduledTime", "invalid")}),
    ({"lastModified": {}}, {("draft.lastModified", "type")}),
    ({"schema": "2"}, {("draft.schema", "type")}),
    ({"schema": 0}, {("draft.schema", "invalid")}),
    ({"schema": 10**30}, {("draft.schema", "invalid")}),
]


@pytest.mark.parametrize(("draft", "fields"), WRONG)
def test_what_has_no_place_in_a_draft_is_named_and_nothing_is_kept(
    town: Town, budi: Device, draft: dict[str, Any], fields: set[tuple[str, str]]
) -> None:
    """# R2 # R29"""
    answer = put(budi, **draft)
    assert answer.refusal == (422, "validation")
    assert answer.fields == fields
    assert town.count(Draft) == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"draft": {}}, "baseVersion"),
        ({"baseVersion": 0}, "draft"),
        ({"baseVersion": 0, "draft": None}, "draft"),
        ({"baseVersion": 0, "draft": [1]}, "draft"),
        ({"baseVersion": "0", "draft": {}}, "baseVersion"),
        ({"baseVersion": True, "draft": {}}, "baseVersion"),
        ({"baseVersion": -1, "draft": {}}, "baseVersion"),
        ({"baseVersion": 2**31, "draft": {}}, "baseVersion"),
        ({"baseVersion": 0, "draft": {}, "force": True}, "force"),
    ],
)
def test_a_body_of_another_shape_is_refused(town: Town, budi: Device, body: Any, field: str) -> None:
    """# R29"""
    answer = budi.put(AYUS, body)
    assert (answer.status, [name for name, _ in answer.fields]) == (422, [field])
    assert town.count(Draft) == 0


def test_a_draft_of_nothing_but_allowed_texts_always_fits(budi: Device) -> None:
    """However it is written as JSON. # R29"""
    fox = "🦊"
    texts: dict[str, Any] = {"customerName": fox * 80, "area": fox * 80, "location": fox * 300, "note": fox * 500}
    assert put(budi, **texts).body == {"version": 1}


@pytest.mark.parametrize("size", [16 * 1024 + 1, 60_000, 5_000_000])
def test_more_than_16_kilobytes_are_not_even_read(town: Town, budi: Device, size: int) -> None:
    """# R29"""
    raw = json.dumps({"baseVersion": 0, "draft": {"note": "x" * size}}).encode()
    assert budi.call("PUT", AYUS, raw=raw).refusal == (413, "too_large")
    assert town.count(Draft) == 0


@pytest.mark.parametrize("raw", [b"{", b"[]", b"\xff", b'{"baseVersion":NaN,"draft":{}}', b"[" * 16_000])
def test_what_is_no_json_object_is_refused(town: Town, budi: Device, raw: bytes) -> None:
    """# R29"""
    assert budi.call("PUT", AYUS, raw=raw).status in (400, 422)
    assert town.count(Draft) == 0


def test_a_draft_is_as_long_as_the_form_allows_whatever_is_typed_around_it(budi: Device) -> None:
    """# R2"""
    padded = "  " + "x" * 80 + "  "
    assert put(budi, customerName=padded).status == 200
    assert budi.get(AYUS).body["draft"]["customerName"] == padded


def test_how_often_one_may_save_is_limited(town: Town, budi: Device, sari: Device) -> None:
    """# R29"""
    rates.use_draft_rate(burst=2, per_second=0.01)
    assert [put(budi, base, area=str(base)).status for base in range(3)] == [200, 200, 429]
    assert budi.delete(AYUS).code == "too_many_requests"
    assert put(sari, area="Kuta").status == 200


def test_a_booking_takes_the_draft_it_came_from_along(town: Town, budi: Device) -> None:
    """# R28"""
    put(budi, **FULL)
    put(budi, 0, "/api/drafts/komang", area="Canggu")
    head = town.head(BUDI)
    assert budi.submit(form()).status == 201
    assert (budi.get(AYUS).body["version"], budi.get(AYUS).body["draft"]) == (2, None)
    assert told(town, head) == [("draft.changed", {"therapistId": "ayu", "version": 2})]
    assert budi.get("/api/drafts/komang").body["draft"]["area"] == "Canggu"


def test_a_save_that_was_on_its_way_does_not_bring_the_draft_back(budi: Device) -> None:
    """# R28"""
    put(budi, **FULL)
    budi.submit(form())
    assert put(budi, 1, area="Kuta").code == "draft_changed"
    assert budi.get(AYUS).body["draft"] is None


@pytest.mark.parametrize("base", [0, 1, 3], ids=["never", "saved", "removed"])
def test_a_save_of_what_was_booked_comes_too_late(town: Town, budi: Device, base: int) -> None:
    """Also where the server had no draft when the booking was made. # R28"""
    if base >= 1:
        put(budi, area="Kuta")
    if base == 3:
        budi.delete(AYUS)
        budi.delete(f"{AYUS}?baseVersion=2")
    head = town.head(BUDI)
    assert budi.submit(form()).status == 201
    late = put(budi, base, **FULL)
    assert (late.refusal, late.body["current"]["draft"]) == ((409, "draft_changed"), None)
    assert budi.get(AYUS).body["draft"] is None
    assert len(told(town, head)) == (1 if base == 1 else 0)
    assert put(budi, late.body["current"]["version"], area="Ubud").status == 200


def test_the_replay_of_a_booking_leaves_the_next_draft_alone(budi: Device) -> None:
    """# R3 # R28"""
    put(budi, **FULL)
    budi.submit(form(), key="one-and-the-same")
    put(budi, 2, area="Kuta")
    assert budi.submit(form(), key="one-and-the-same").status == 200
    assert budi.get(AYUS).body["draft"]["area"] == "Kuta"


def test_a_refused_booking_leaves_the_draft(town: Town, budi: Device) -> None:
    """# R28"""
    put(budi, **FULL)
    assert budi.submit(form(expectedPrice=1)).code == "price_changed"
    town.accepted(SARI)
    assert budi.submit(form()).code == "slot_taken"
    assert budi.get(AYUS).body["draft"] == FULL


def test_a_booking_without_a_draft_tells_nothing_about_one(town: Town, budi: Device, sari: Device) -> None:
    """# R28"""
    put(sari, area="Kuta")
    budi.submit(form())
    assert told(town) == []
    assert sari.get(AYUS).body["draft"]["area"] == "Kuta"


def test_a_guest_who_registers_keeps_her_drafts(sari: Device) -> None:
    """# R10"""
    put(sari, **FULL)
    sari.post("/api/session/register", {"email": "sari@tenang.test", "password": "rain on a tin roof"})
    assert sari.get(AYUS).body["draft"] == FULL


def test_a_draft_that_cannot_be_read_stops_nobody(house: House, town: Town, budi: Device) -> None:
    """One of a version of the server that knew more fields. # R29"""
    put(budi, **FULL)

    def spoil(session: Any) -> None:
        session.get_one(Draft, (BUDI.id, "ayu")).content = '{"mood": "calm"}'

    storage.write(spoil)
    assert budi.get(AYUS).body["draft"] is None
    assert put(budi, 1, area="Kuta").body == {"version": 2}
    assert house.device(BUDI).submit(form(scheduledTime=at(50).isoformat())).status == 201


def test_the_clock_may_go_back(town: Town, budi: Device) -> None:
    """The version decides, never a time. # R29"""
    put(budi, **FULL)
    town.clock.go_to(town.clock() - timedelta(days=1))
    assert put(budi, 1, area="Kuta", lastModified="2020-01-01T00:00:00Z").body == {"version": 2}
