"""Times as the college reads and types them."""

import argparse
from contextlib import suppress
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from absence_texts.clock import CollegeTime

YEARS = range(2000, 2200)
"""What lies far outside overflows a date or the server's."""


def clock_time(moment: datetime, day: date | None = None) -> str:
    """Return 11:35, or 11:35:07 when the seconds matter; of another day than `day`, the date too.

    Without `day` it is clear which day is spoken of.
    """
    time_of_day = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return time_of_day if day in {None, moment.date()} else f"{moment.date()} {time_of_day}"


def from_utc(moment: datetime, zone: ZoneInfo) -> datetime:
    """Turn a time of our own tables, which hold UTC, into the college's wall clock."""
    return CollegeTime(moment.replace(tzinfo=UTC), zone).wall_clock


def college_time(wall_clock: datetime, zone: ZoneInfo) -> CollegeTime:
    """Return the instant at which the college's clock shows this (the first, if it comes twice)."""
    return CollegeTime(wall_clock.replace(tzinfo=wall_clock.tzinfo or zone).astimezone(UTC), zone)


class StillToComeError(Exception):
    """A day of which nothing can be told yet."""


def day_asked(day: date | None, now: CollegeTime) -> date:
    """Return the day that was typed, or today; raises StillToComeError."""
    if day and day > now.today:
        raise StillToComeError(
            f"{day} is still to come: name today, {now.today}, or an earlier day."
            " `preview --as-of` tells who would be texted then."
        )
    return day or now.today


def as_of(day: date, now: CollegeTime) -> CollegeTime:
    """Return now for today, and a past day's last second."""
    if day == now.today:
        return now
    return college_time(datetime.combine(day, time(23, 59, 59)), now.zone)


def instant_asked(words: datetime | time | None, now: CollegeTime) -> CollegeTime:
    """Return the instant that was typed: a time alone is today's, and nothing typed is now."""
    if words is None:
        return now
    if isinstance(words, time):
        words = datetime.combine(now.today, words)
    return college_time(words, now.zone)


def parse_date(words: str) -> date:
    with suppress(ValueError):
        day = date.fromisoformat(words)
        if day.year in YEARS:
            return day
    raise argparse.ArgumentTypeError(f"{words!r} is no date of these centuries: write 2026-11-23")


def parse_time(words: str) -> datetime | time:
    with suppress(ValueError):
        return time.fromisoformat(words)
    with suppress(ValueError):
        moment = datetime.fromisoformat(words)
        if moment.year in YEARS:
            return moment
    raise argparse.ArgumentTypeError(
        f"{words!r} is no time of these centuries: write 11:35 or 2026-11-23T11:35"
    )
