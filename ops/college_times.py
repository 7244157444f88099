"""The days and times that people type, and the instants that they stand for."""

import argparse
from contextlib import suppress
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from absence_texts.clock import CollegeTime

YEARS = range(2000, 2200)
"""A date far outside these years overflows Python's dates or the server's."""


class FutureDateError(Exception):
    """The day that was typed has not come yet."""


def from_utc(moment: datetime, zone: ZoneInfo) -> datetime:
    """Turn a time of our own tables, which hold UTC, into the college's wall clock."""
    return CollegeTime(moment.replace(tzinfo=UTC), zone).wall_clock


def college_time(wall_clock: datetime, zone: ZoneInfo) -> CollegeTime:
    """Return the instant at which the college's clock shows this time.

    If the clock shows it twice, as on the night the clocks go back, return the first.
    """
    return CollegeTime(wall_clock.replace(tzinfo=wall_clock.tzinfo or zone).astimezone(UTC), zone)


def day_asked(day: date | None, now: CollegeTime) -> date:
    """Return the day that was typed, or today; raises FutureDateError."""
    if day and day > now.today:
        raise FutureDateError(
            f"{day} is in the future: type today's date, {now.today}, or an earlier date."
            " `preview --as-of` shows the texts that a future run would claim."
        )
    return day or now.today


def as_of(day: date, now: CollegeTime) -> CollegeTime:
    """Return now if the day is today, and otherwise the day's last second."""
    if day == now.today:
        return now
    return college_time(datetime.combine(day, time(23, 59, 59)), now.zone)


def instant_asked(typed: datetime | time | None, now: CollegeTime) -> CollegeTime:
    """Return the instant that was typed: a time alone is today's, and nothing typed is now."""
    if typed is None:
        return now
    if isinstance(typed, time):
        typed = datetime.combine(now.today, typed)
    return college_time(typed, now.zone)


def parse_date(typed: str) -> date:
    with suppress(ValueError):
        day = date.fromisoformat(typed)
        if day.year in YEARS:
            return day
    raise argparse.ArgumentTypeError(f"{typed!r} is not a date of these centuries: 2026-11-23")


def parse_time(typed: str) -> datetime | time:
    with suppress(ValueError):
        return time.fromisoformat(typed)
    with suppress(ValueError):
        moment = datetime.fromisoformat(typed)
        if moment.year in YEARS:
            return moment
    raise argparse.ArgumentTypeError(
        f"{typed!r} is not a time of these centuries: 11:35 or 2026-11-23T11:35"
    )
