"""Times as the college reads and types them."""

import argparse
from contextlib import suppress
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from absence_texts.clock import CollegeTime


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
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words!r} is no date: write 2026-11-23") from None


def parse_time(words: str) -> datetime | time:
    for kind in (time, datetime):
        with suppress(ValueError):
            return kind.fromisoformat(words)
    raise argparse.ArgumentTypeError(f"{words!r} is no time: write 11:35 or 2026-11-23T11:35")
