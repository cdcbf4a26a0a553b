"""Whether a provider works during a time, in the provider's own zone."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models import WorkingHours


def covers(hours: Sequence[WorkingHours], timezone: str, start: datetime, end: datetime) -> bool:
    """Whether [start, end] lies within one opening. Openings that meet (22:00–24:00 and 00:00–02:00) are one. A
    provider who has set no hours works whenever the availability switch says so.
    """
    if not hours:
        return True
    reach = start
    for opens, closes in _openings(hours, ZoneInfo(timezone), start, end):
        if opens <= reach < closes:
            reach = closes
        if reach >= end:
            return True
    return False


def _openings(
    hours: Sequence[WorkingHours], zone: ZoneInfo, start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    """The openings around [start, end] in UTC, in order. Wall-clock times are resolved day by day, so that a day on
    which the clocks change is as long as it really is.
    """
    day = start.astimezone(zone).date()
    openings = []
    while day <= end.astimezone(zone).date():
        midnight = datetime(day.year, day.month, day.day)
        for row in hours:
            if row.weekday == day.weekday():
                wall = (midnight + timedelta(minutes=m) for m in (row.opens_minute, row.closes_minute))
                opens, closes = (moment.replace(tzinfo=zone).astimezone(UTC) for moment in wall)
                openings.append((opens, closes))
        day += timedelta(days=1)
    return sorted(openings)
