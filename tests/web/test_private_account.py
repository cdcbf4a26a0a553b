"""A bank account's number: in the one answer that reveals it, and nowhere else, nor readable on the disk."""

from __future__ import annotations

import base64
from types import SimpleNamespace

import pytest

from app.domain.people import Person
from app.models import Event, PaymentCardReveal
from tests.domain.people import AYU, BUDI, EVERYBODY
from tests.domain.town import ACCOUNT_NUMBER, Town
from tests.support.leaks import Secret
from tests.web.device import Answer, Device, form
from tests.web.house import House

SECRET = Secret(ACCOUNT_NUMBER, shown=4)
ACCOUNT = "/api/therapists/me/bank-account"
GIVEN = {"bank": "BCA", "holder": "Ayu Lestari", "number": "7310-9924 4821"}
OTHER = {"bank": "BRI", "holder": "Ayu Lestari", "number": "5555 6666 7777"}


class Life:
    """Everything that can happen to an account and a card of it, with every answer that anybody got."""

    def __init__(self, house: House) -> None:
        self.answers: list[tuple[str, Answer]] = []
        self.house = house
        ayu, budi = house.device(AYU), house.device(BUDI)
        booking = budi.submit(form()).body["booking"]
        self.path, self.room = (
            f"/api/bookings/{booking['bookingId']}",
            f"/api/conversations/{booking['conversationId']}",
        )
        key = {"clientId": "card-key-1"}
        self._keep("ayu", ayu.post(f"{self.path}/accept"))
        self._keep("ayu", ayu.post(f"{self.room}/payment-card", key))
        for body in (GIVEN, GIVEN, GIVEN | {"holder": ""}, GIVEN | {"number": f"{ACCOUNT_NUMBER}x"}):
            self._keep("ayu", ayu.put(ACCOUNT, body))
        for _ in range(2):
            self._keep("ayu", ayu.post(f"{self.room}/payment-card", key))
        self.card = str(self.answers[-1][1].body["id"])
        self._keep("ayu", ayu.post(f"{self.room}/messages", {"clientId": "text-key-1", "message": ACCOUNT_NUMBER}))
        self.revealed = budi.post(f"/api/payment-cards/{self.card}/reveal")
        for person in EVERYBODY:
            device = house.device(person)
            if person is not BUDI:
                self._keep(person.id, device.post(f"/api/payment-cards/{self.card}/reveal"))
            self._keep(person.id, device.post(f"{self.room}/payment-card", key))
        self._keep("ayu", ayu.put(ACCOUNT, OTHER))
        self._keep("budi", budi.post(f"{self.path}/cancel", {}))
        self._keep("budi", budi.post(f"/api/payment-cards/{self.card}/reveal"))

    def _keep(self, who: str, answer: Answer) -> None:
        self.answers.append((who, answer))


@pytest.fixture
def life(town: Town, house: House) -> Life:
    return Life(house)


def test_it_is_in_the_answer_that_reveals_it_and_in_no_other(town: Town, life: Life) -> None:
    """# R18"""
    assert life.revealed.body["number"] == ACCOUNT_NUMBER
    assert {answer.status for _, answer in life.answers} >= {200, 201, 403, 404, 409, 422}
    for who, answer in life.answers:
        assert not SECRET.is_in(answer.text.encode()), (who, answer)
        assert not SECRET.is_in(str(answer.headers).encode()), (who, answer)


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.id)
def test_no_reading_of_anybody_carries_it(town: Town, house: House, life: Life, person: Person) -> None:
    """Not the therapist's own, not the customer's who was shown it. # R18"""
    device = house.device(person)
    reads = ["session", "therapists", "therapists/ayu", "bookings", "conversations", "notifications", "events"]
    for path in [*(f"/api/{name}" for name in reads), ACCOUNT, life.path, life.room, f"{life.room}/messages"]:
        assert not SECRET.is_in(device.get(path).text.encode()), path
    assert "•••• 4821" in house.device(BUDI).get(f"{life.room}/messages").text


def test_no_event_and_no_notice_carries_it(town: Town, life: Life) -> None:
    """# R18 # R44"""
    assert town.count(Event) > 10
    for person in EVERYBODY:
        for kind, data in town.events(person):
            assert not SECRET.is_in(str(data).encode()), (person.id, kind)


def test_it_is_not_readable_on_the_disk(town: Town, house: House, life: Life) -> None:
    """# R18"""
    stored = house.bytes_on_disk()
    assert "•••• 4821".encode() in stored  # what is not encrypted is found like this
    assert town.count(PaymentCardReveal) == 1
    for written in (b"731099244821", b"7310-9924 4821", b"7310 9924", b"73109924", b"99244821"):
        assert written not in stored
    assert base64.b64encode(ACCOUNT_NUMBER.encode()) not in stored
    assert b"6281234567890" not in stored


def test_no_log_line_of_all_this_carries_it(town: Town, house: House, capsys: pytest.CaptureFixture[str]) -> None:
    """# R18"""
    Life(house)
    assert not SECRET.is_in("".join(capsys.readouterr()).encode())


@pytest.mark.parametrize("at", ["app.domain.bank_accounts.clock", "app.domain.payment_cards.clock"])
def test_a_database_error_about_it_does_not_carry_it_into_the_log(
    town: Town, ayu: Device, budi: Device, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """# R18"""
    booking = town.accepted()
    town.act(BUDI, "confirm", booking)
    card = town.card(booking).id
    monkeypatch.setattr(at, SimpleNamespace(now=lambda: None))
    if "accounts" in at:
        response = ayu.client.put(ACCOUNT, json=GIVEN | {"holder": "Ayu L."})
    else:
        monkeypatch.setattr("app.domain.payment_cards.transitions", SimpleNamespace(expire=lambda *_: False))
        response = budi.client.post(f"/api/payment-cards/{card}/reveal")
    assert response.status_code == 500
    logged = "".join(capsys.readouterr())
    assert "request.fault" in logged
    assert "NOT NULL constraint failed" in logged
    assert not SECRET.is_in((logged + response.text).encode())


def test_a_body_that_is_no_json_is_not_repeated(town: Town, ayu: Device, capsys: pytest.CaptureFixture[str]) -> None:
    """# R18"""
    for raw in (f'{{"number": "{ACCOUNT_NUMBER}"'.encode(), f'"{ACCOUNT_NUMBER}"'.encode()):
        answer = ayu.call("PUT", ACCOUNT, raw=raw)
        assert answer.refusal == (400, "malformed_json")
        assert not SECRET.is_in((answer.text + "".join(capsys.readouterr())).encode())
