"""The days and times that people type, and the instants that they stand for."""

import argparse
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from absence_texts.clock import CollegeTime

YEARS = range(2000, 2200)
"""A date far outside these years overflows Python's dates or the server's."""
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
_T_OF_ISO = re.compile(r"(?<=\d)T(?=\d)")
_SHORTEST = 3
"""Characters. In less than that the library finds a date that nobody meant, as in `a`."""


class DateError(Exception):
    """What was typed is no date or time that the command can use; the message says what to do."""


def add_date_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--date",
        nargs="+",
        metavar="DAY",
        help="the college's date, such as 24/11/2026, yesterday or last tuesday; today if left out",
    )


def day_asked(typed: Iterable[str] | None, now: CollegeTime) -> date:
    """Return the day that was typed, or today; raises DateError, also for a day to come."""
    if typed is None:
        return now.today
    day = parse_day(" ".join(typed), now)
    if day > now.today:
        raise DateError(
            f"{day} is in the future: type today's date, {now.today}, or an earlier date."
            " `preview --as-of` shows the texts that a future run would claim."
        )
    return day


def instant_asked(typed: Iterable[str] | None, now: CollegeTime) -> CollegeTime:
    """Return the instant that was typed, or now: `11:35`, `yesterday 11:35`, `2026-11-23T11:35`.

    Raises DateError.
    """
    if typed is None:
        return now
    *day, clock = _T_OF_ISO.sub(" ", " ".join(typed)).split()
    with suppress(ValueError):
        moment = datetime.fromisoformat(f"{parse_day(' '.join(day), now)} {clock}")
        return college_time(moment, now.zone)
    raise DateError(
        f"“{' '.join(typed)}” is not a time: type 11:35, yesterday 11:35 or 23/11/2026 11:35."
    )


def parse_day(typed: str, now: CollegeTime) -> date:
    """Return the day, past or to come; nothing typed is today. Raises DateError."""
    day = _iso(typed) or _in_words(typed, now) if typed else now.today
    if day is None or day.year not in YEARS:
        raise DateError(
            f"“{typed}” is not a date of these centuries: type 24/11/2026, yesterday, last tuesday"
            " or 2026-11-24."
        )
    return day


def college_time(wall_clock: datetime, zone: ZoneInfo) -> CollegeTime:
    """Return the instant at which the college's clock shows this time.

    If the clock shows it twice, as on the night the clocks go back, return the first.
    """
    return CollegeTime(wall_clock.replace(tzinfo=wall_clock.tzinfo or zone).astimezone(UTC), zone)


def from_utc(moment: datetime, zone: ZoneInfo) -> datetime:
    """Turn a time of our own tables, which hold UTC, into the college's wall clock."""
    return CollegeTime(moment.replace(tzinfo=UTC), zone).wall_clock


def as_of(day: date, now: CollegeTime) -> CollegeTime:
    """Return now if the day is today, and otherwise the day's last second."""
    if day == now.today:
        return now
    return college_time(datetime.combine(day, time(23, 59, 59)), now.zone)


def _iso(typed: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(typed)
    return None


def _in_words(typed: str, now: CollegeTime) -> date | None:
    """Read a British date, or words that count from the college's today."""
    if len(typed) < _SHORTEST:
        return None
    # It takes 0.2 s to import, and few commands are typed with a date in words.
    import dateparser  # noqa: PLC0415

    found = dateparser.parse(
        typed,
        languages=["en"],
        settings={
            "DATE_ORDER": "DMY",
            "PREFER_DATES_FROM": "past",
            "RELATIVE_BASE": now.wall_clock,
            # A month or a year alone is no day. A weekday has no number, so nothing is required.
            "REQUIRE_PARTS": [] if _WEEKDAY.search(typed) else ["day"],
        },
    )
    return found.date() if found else None
