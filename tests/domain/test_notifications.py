"""What a person must be told: kept until it is acknowledged on any device, in her language, without content."""

from __future__ import annotations

import pytest

from app.domain import notifications
from app.domain.errors import NotFound
from app.domain.people import Person
from app.events.payloads import NotificationPayload
from tests.domain.people import AYU, BUDI, KOMANG, SARI
from tests.domain.town import Town, at


def waiting(person: Person) -> list[NotificationPayload]:
    """What has not been acknowledged, newest first."""
    return notifications.page(person, True, None).items


def kinds(person: Person) -> list[str]:
    return [notice.type for notice in notifications.page(person, False, None).items]


def test_a_request_is_an_urgent_notice_to_the_therapist(town: Town) -> None:
    """# R37"""
    booking = town.booked()
    (notice,) = waiting(AYU)
    assert (notice.type, notice.level, notice.booking_id) == ("booking_request", 1, booking.booking_id)
    assert waiting(BUDI) == []


def test_a_notice_speaks_the_language_of_the_person_and_the_time_of_the_provider(town: Town) -> None:
    """# R37"""
    town.booked()
    town.booked(therapist=KOMANG)
    assert (waiting(AYU)[0].title, waiting(AYU)[0].body) == ("Permintaan pesanan baru", "Jawab sebelum 10.10.")
    assert (waiting(KOMANG)[0].title, waiting(KOMANG)[0].body) == ("New booking request", "Answer by 10:10.")


def test_the_other_side_is_told_of_each_step(town: Town) -> None:
    """# R19"""
    booking = town.booked()
    town.act(AYU, "accept", booking)
    town.clock.advance(seconds=1)
    town.act(BUDI, "confirm", booking)
    town.clock.advance(seconds=1)
    town.act(AYU, "cancel", booking)
    assert kinds(BUDI) == ["booking_cancelled", "booking_accepted"]
    assert kinds(AYU) == ["booking_confirmed", "booking_request"]


def test_nobody_is_told_of_what_they_did_themselves(town: Town) -> None:
    """Nor by an older notice, which shows the booking as it stands now; the other side needs one of it. # R37"""
    booking = town.booked()
    town.act(AYU, "accept", booking)
    town.act(BUDI, "confirm", booking)
    town.act(AYU, "cancel", booking)
    assert waiting(AYU) == []
    assert [notice.type for notice in waiting(BUDI)] == ["booking_cancelled"]


def test_a_decline_is_told_to_the_customer_and_an_expiry_to_both(town: Town) -> None:
    """# R19"""
    town.act(AYU, "decline", town.booked())
    assert kinds(BUDI) == ["booking_declined"]
    town.booked(SARI, scheduled_time=at(50))
    town.clock.advance(minutes=10)
    town.settle()
    assert kinds(SARI) == ["booking_expired"]
    assert kinds(AYU)[0] == "booking_expired"


def test_an_answer_on_one_device_stops_the_alert_on_all(town: Town) -> None:
    """# R37"""
    booking = town.booked()
    head = town.head(AYU)
    town.act(AYU, "accept", booking)
    assert waiting(AYU) == []
    assert "notification.acknowledged" in [kind for kind, _ in town.events(AYU, head)]


def test_a_withdrawn_request_stops_its_alert(town: Town) -> None:
    """# R37"""
    town.act(BUDI, "cancel", town.booked())
    assert [notice.type for notice in waiting(AYU)] == ["booking_cancelled"]


def test_acknowledging_is_told_to_the_persons_devices_once(town: Town) -> None:
    """# R37"""
    town.booked()
    (notice,) = waiting(AYU)
    head = town.head(AYU)
    first = notifications.acknowledge(AYU, notice.id)
    assert notifications.acknowledge(AYU, notice.id) == first
    assert [kind for kind, _ in town.events(AYU, head)] == ["notification.acknowledged"]
    assert first.acknowledged_at == town.clock.now
    assert waiting(AYU) == []


@pytest.mark.parametrize("stranger", [BUDI, KOMANG, SARI])
def test_nobody_acknowledges_for_another(town: Town, stranger: Person) -> None:
    """# R37"""
    town.booked()
    with pytest.raises(NotFound):
        notifications.acknowledge(stranger, waiting(AYU)[0].id)
    assert len(waiting(AYU)) == 1


def test_a_notice_carries_no_name_no_place_and_no_note(town: Town) -> None:
    """It is also what a push shows on a locked phone. # R44"""
    town.act(AYU, "cancel", town.accepted(), "My daughter is ill")
    for person in (AYU, BUDI):
        for notice in notifications.page(person, False, None).items:
            for secret in ("Budi", "Ayu", "Melati", "Sanur", "coconut", "daughter", "Balinese"):
                assert secret not in notice.title + notice.body
