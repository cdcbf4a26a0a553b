"""``/api/therapists/me/bank-account``: given once, shown masked ever after."""

from __future__ import annotations

import json

import pytest

from app.domain.banks import KNOWN, digits_of, masked
from app.domain.rates import use_account_rate
from app.models import BankAccount
from tests.domain.people import AYU, HENING
from tests.domain.town import Town
from tests.web.device import Device
from tests.web.house import House

PATH = "/api/therapists/me/bank-account"
GIVEN = {"bank": "BCA", "holder": "Ayu Lestari", "number": "7310 9924 4821"}


def test_an_account_comes_back_masked(ayu: Device) -> None:
    """# R18"""
    put = ayu.put(PATH, GIVEN)
    assert put.status == 200
    assert put.headers["Cache-Control"] == "no-store"
    assert {name: put.body["account"][name] for name in ("bank", "holder", "masked")} == {
        "bank": "BCA",
        "holder": "Ayu Lestari",
        "masked": "BCA •••• 4821",
    }
    assert ayu.get(PATH).body == put.body
    assert "7310" not in put.text


def test_before_there_is_one_and_after_it_was_removed_there_is_none(town: Town, ayu: Device) -> None:
    """# R18"""
    assert ayu.get(PATH).body == {"account": None}
    ayu.put(PATH, GIVEN)
    assert [ayu.delete(PATH).status for _ in range(2)] == [204, 204]
    assert ayu.get(PATH).body == {"account": None}
    assert town.count(BankAccount) == 0


def test_each_provider_has_one_of_her_own(town: Town, house: House, ayu: Device, komang: Device) -> None:
    """# R18"""
    ayu.put(PATH, GIVEN)
    ayu.put(PATH, GIVEN | {"number": "1112223334"})
    house.device(HENING).put(PATH, GIVEN | {"holder": "Rumah Hening", "bank": "mandiri"})
    assert ayu.get(PATH).body["account"]["masked"] == "BCA •••• 3334"
    assert house.device(HENING).get(PATH).body["account"]["masked"] == "Mandiri •••• 4821"
    assert komang.get(PATH).body["account"] is None
    assert town.count(BankAccount) == 2


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"number": ""}, "number", "required"),
        ({"number": " \u3000"}, "number", "required"),
        ({"number": "12345"}, "number", "invalid_account"),
        ({"number": "1" * 21}, "number", "invalid_account"),
        ({"number": "1" * 60_000}, "number", "invalid_account"),
        ({"number": "- " * 29 + "1"}, "number", "invalid_account"),
        ({"number": "12345678\x00"}, "number", "invalid_account"),
        ({"number": "12345678😀"}, "number", "invalid_account"),
        ({"number": "1234567²"}, "number", "invalid_account"),
        ({"number": "12a45678"}, "number", "invalid_account"),
        ({"number": "+628123456789"}, "number", "invalid_account"),
        ({"number": 73109924}, "number", "type"),
        ({"number": None}, "number", "type"),
        ({"holder": ""}, "holder", "required"),
        ({"holder": "A"}, "holder", "too_short"),
        ({"holder": "A" * 81}, "holder", "too_long"),
        ({"holder": "Ayu\x00"}, "holder", "invalid_characters"),
        ({"holder": "Ayu\u202elestari"}, "holder", "invalid_characters"),
        ({"holder": "\u3164\u3164"}, "holder", "required"),
        ({"holder": "Ayu 0812 3456 7890"}, "holder", "contact_blocked"),
        ({"bank": ""}, "bank", "required"),
        ({"bank": "X" * 41}, "bank", "too_long"),
        ({"bank": "WA 0812 3456 7890"}, "bank", "contact_blocked"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    town: Town, ayu: Device, changes: dict[str, object], field: str, code: str
) -> None:
    """# R18"""
    body = GIVEN | changes
    # The body as a whole ends before so many digits.
    if len(json.dumps(body)) > 4096:
        assert ayu.put(PATH, body).refusal == (413, "too_large")
    else:
        answer = ayu.put(PATH, body)
        assert answer.status == 422
        assert answer.fields == {(field, code)}
    assert town.count(BankAccount) == 0


def test_everything_that_is_wrong_is_named_at_once(ayu: Device) -> None:
    """# R18"""
    assert ayu.put(PATH, {"bank": "", "holder": "", "number": "x"}).fields == {
        ("bank", "required"),
        ("holder", "required"),
        ("number", "invalid_account"),
    }
    assert ayu.put(PATH, {}).fields == {("bank", "required"), ("holder", "required"), ("number", "required")}


def test_a_refused_change_leaves_the_account_as_it_was(ayu: Device) -> None:
    """# R18"""
    before = ayu.put(PATH, GIVEN).body
    ayu.put(PATH, GIVEN | {"number": "12"})
    assert ayu.get(PATH).body == before


def test_an_emoji_in_a_name_is_a_character_like_any_other(ayu: Device) -> None:
    """# R18"""
    answer = ayu.put(PATH, GIVEN | {"holder": "Ayu 🌺", "bank": "Koperasi Merah Putih"})
    assert (answer.body["account"]["holder"], answer.body["account"]["masked"]) == (
        "Ayu 🌺",
        "Koperasi Merah Putih •••• 4821",
    )


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("7310 9924 4821", "731099244821"),
        ("7310-9924.4821 ", "731099244821"),
        ("٧٣١٠٩٩٢٤", "73109924"),
        ("７３１０９９", "731099"),
        ("1" * 20, "1" * 20),
        ("73109\u200b9", None),
    ],
)
def test_a_number_may_be_written_in_any_grouping_and_any_digits(written: str, digits: str | None) -> None:
    """# R18"""
    assert digits_of(written) == digits


def test_of_a_short_number_most_stays_hidden() -> None:
    """# R18"""
    assert masked("OVO", "731099") == "OVO •••• 99"
    assert masked("OVO", "73109924") == "OVO •••• 9924"


def test_every_listed_bank_is_taken_however_it_is_capitalised(ayu: Device) -> None:
    """And is not judged as something that somebody wants to tell. # R18"""
    for name in KNOWN:
        assert ayu.put(PATH, GIVEN | {"bank": f" {name.lower()} "}).body["account"]["bank"] == name


def test_the_same_account_again_changes_nothing(town: Town, ayu: Device) -> None:
    """# R18"""
    first = ayu.put(PATH, GIVEN).body
    town.clock.advance(hours=1)
    assert ayu.put(PATH, GIVEN | {"number": "731099244821"}).body == first


def test_nobody_can_change_accounts_without_end(ayu: Device, komang: Device) -> None:
    """# R18"""
    use_account_rate(burst=2, per_second=0.1)
    codes = [ayu.put(PATH, GIVEN).status, ayu.delete(PATH).status, ayu.put(PATH, GIVEN).status]
    assert codes == [200, 204, 429]
    refused = ayu.delete(PATH)
    assert refused.refusal == (429, "too_many_requests")
    assert int(refused.headers["Retry-After"]) > 0
    assert komang.put(PATH, GIVEN).status == 200


def test_saving_an_account_tells_nobody(town: Town, ayu: Device) -> None:
    """# R19"""
    ayu.put(PATH, GIVEN)
    assert town.head(AYU) == 0
