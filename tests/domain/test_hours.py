"""Whether a provider works: openings in the provider's own zone, over midnight and over changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.hours import covers
from app.models import WorkingHours

WITA, SYDNEY = "Asia/Makassar", "Australia/Sydney"
MON, TUE, WED, SUN = 0, 1, 2, 6


def opening(weekday: int, opens: str, closes: str) -> WorkingHours:
    """One row of a provider's hours."""
    first, last = (int(face[:2]) * 60 + int(face[3:]) for face in (opens, closes))
    return WorkingHours(weekday=weekday, opens_minute=first, closes_minute=last)


def works(hours: list[WorkingHours], start: str, minutes: float, zone: str = WITA) -> bool:
    """Whether a session fits that begins at a wall-clock time of the zone."""
    begins = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return covers(hours, zone, begins, begins + timedelta(minutes=minutes))


DAYTIME = [opening(WED, "10:00", "18:00")]
NIGHT = [opening(TUE, "22:00", "24:00"), opening(WED, "00:00", "02:00")]
AROUND_THE_CLOCK = [opening(day, "00:00", "24:00") for day in range(7)]


@pytest.mark.parametrize(
    ("start", "minutes", "fits"),
    [
        ("2027-01-13T10:00", 60, True),
        ("2027-01-13T17:00", 60, True),
        ("2027-01-13T10:00", 480, True),
        ("2027-01-13T09:59", 60, False),
        ("2027-01-13T17:01", 60, False),
        ("2027-01-13T18:00", 60, False),
        ("2027-01-13T10:00", 481, False),
        ("2027-01-14T12:00", 60, False),
    ],
)
def test_a_session_fits_into_one_opening_or_not_at_all(start: str, minutes: int, fits: bool) -> None:
    """# R2"""
    assert works(DAYTIME, start, minutes) == fits


@pytest.mark.parametrize(
    ("start", "minutes", "fits"),
    [
        ("2027-01-12T22:00", 240, True),
        ("2027-01-12T23:30", 60, True),
        ("2027-01-13T00:00", 120, True),
        ("2027-01-13T01:30", 60, False),
        ("2027-01-12T21:59", 60, False),
        ("2027-01-13T23:30", 60, False),
    ],
)
def test_openings_that_meet_at_midnight_are_one(start: str, minutes: int, fits: bool) -> None:
    """# R2"""
    assert works(NIGHT, start, minutes) == fits


def test_a_pause_between_two_openings_is_not_bridged() -> None:
    """# R2"""
    hours = [opening(WED, "10:00", "12:00"), opening(WED, "13:00", "18:00")]
    assert not works(hours, "2027-01-13T11:30", 120)
    assert works(hours, "2027-01-13T13:00", 120)


def test_openings_that_overlap_are_one() -> None:
    """# R2"""
    assert works([opening(WED, "10:00", "14:00"), opening(WED, "12:00", "18:00")], "2027-01-13T10:00", 480)


def test_the_week_goes_round_from_sunday_to_monday() -> None:
    """# R2"""
    assert works([opening(SUN, "20:00", "24:00"), opening(MON, "00:00", "04:00")], "2027-01-17T23:00", 120)


def test_a_provider_without_hours_works_whenever_she_says_so() -> None:
    """# R2"""
    assert works([], "2027-01-13T03:00", 60)


def test_hours_are_those_of_the_providers_zone() -> None:
    """# R2"""
    noon_utc = datetime(2027, 1, 13, 12, tzinfo=UTC)
    end = noon_utc + timedelta(hours=1)
    assert not covers(DAYTIME, "Asia/Makassar", noon_utc, end)  # 20:00
    assert covers(DAYTIME, "Europe/Berlin", noon_utc, end)  # 13:00
    assert not covers(DAYTIME, "Pacific/Auckland", noon_utc, end)  # Thursday, 01:00


def test_a_zone_of_the_customers_changes_nothing() -> None:
    """# R2"""
    sydney = datetime(2027, 1, 13, 13, 0, tzinfo=ZoneInfo(SYDNEY))  # 10:00 in Denpasar
    assert covers(DAYTIME, WITA, sydney, sydney + timedelta(hours=1))
    assert not covers(DAYTIME, WITA, sydney - timedelta(minutes=1), sydney + timedelta(minutes=59))


def test_the_hour_that_spring_takes_away_is_not_worked() -> None:
    """In Sydney 02:00 becomes 03:00 on 3 October 2027, so 00:00 to 04:00 are three hours. # R2"""
    night = [opening(SUN, "00:00", "04:00")]
    assert works(night, "2027-10-03T00:00", 180, SYDNEY)
    assert not works(night, "2027-10-03T00:00", 181, SYDNEY)


def test_the_hour_that_autumn_gives_twice_is_worked_twice() -> None:
    """In Sydney 03:00 becomes 02:00 on 4 April 2027, so 00:00 to 04:00 are five hours. # R2"""
    night = [opening(SUN, "00:00", "04:00")]
    assert works(night, "2027-04-04T00:00", 300, SYDNEY)
    assert not works(night, "2027-04-04T00:00", 301, SYDNEY)


def test_an_opening_in_the_hour_that_comes_twice_begins_with_its_first_time() -> None:
    """# R2"""
    assert works([opening(SUN, "02:30", "06:00")], "2027-04-04T02:30", 60, SYDNEY)


@pytest.mark.parametrize("day", ["2027-10-02", "2027-04-03"])
def test_around_the_clock_has_no_gap_on_days_when_the_clock_changes(day: str) -> None:
    """# R2"""
    assert works(AROUND_THE_CLOCK, f"{day}T12:00", 48 * 60, SYDNEY)


openings = st.builds(
    lambda day, times: WorkingHours(weekday=day, opens_minute=min(times), closes_minute=max(times)),
    st.integers(0, 6),
    st.sets(st.integers(0, 96).map(lambda quarter: quarter * 15), min_size=2, max_size=2),
)


@given(
    hours=st.lists(openings, min_size=1, max_size=8),
    quarter=st.integers(0, 7 * 96),
    length=st.integers(1, 12).map(lambda quarters: quarters * 15),
    zone=st.sampled_from([WITA, "Asia/Kolkata", "UTC"]),
)
def test_a_time_is_covered_exactly_if_every_quarter_of_it_is_in_some_opening(
    hours: list[WorkingHours], quarter: int, length: int, zone: str
) -> None:
    """# R2"""
    start = datetime(2027, 1, 11, tzinfo=ZoneInfo(zone)) + timedelta(minutes=quarter * 15)

    def is_open(moment: datetime) -> bool:
        minute = moment.hour * 60 + moment.minute
        return any(h.weekday == moment.weekday() and h.opens_minute <= minute < h.closes_minute for h in hours)

    expected = all(is_open(start + timedelta(minutes=passed)) for passed in range(0, length, 15))
    assert covers(hours, zone, start, start + timedelta(minutes=length)) == expected
