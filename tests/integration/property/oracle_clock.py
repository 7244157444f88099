"""Times as the oracle reads them, of columns that may hold no real time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WAIT = timedelta(minutes=20)
CLOSES = time(20)
REAL_YEARS = range(2000, 9000)


def held(value: object) -> str:
    """Return what a column of times holds, in letters that are in the order of time.

    Empty for NULL. A placeholder such as 0000-00-00 is text already, because no datetime is it.
    """
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value or "")


def has_real_time(value: object) -> bool:
    return isinstance(value, datetime) and value.year in REAL_YEARS


def has_no_start_today(day: date, value: object) -> bool:
    """Say whether a lesson's start is none, and perhaps stands for a time of this day."""
    partial = (f"{day:%Y-%m}-00", f"{day:%Y}-00", "0000")
    return not has_real_time(value) and (
        isinstance(value, datetime) or not value or held(value).startswith(partial)
    )


def is_on(day: date, value: object) -> bool:
    return held(value).startswith(f"{day} ")


def comes_after_wait(ends_at: object, now: datetime, zone: ZoneInfo) -> bool:
    """Say whether a lesson with this end is due by now."""
    return isinstance(ends_at, datetime) and now - over_at(ends_at, zone) >= WAIT


def leaves_before_the_close(ends_at: object, day: date, zone: ZoneInfo) -> bool:
    closes = datetime.combine(day, CLOSES, zone)
    return isinstance(ends_at, datetime) and over_at(ends_at, zone) < closes.astimezone(UTC) - WAIT


def over_at(wall_clock: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant after which the college's clock never shows an earlier time.

    That is the second showing of a time that comes twice, and the leap over one that never shows.
    """
    if not date(2000, 1, 1) < wall_clock.date() < date(2100, 1, 1):
        # No zone is known so far away, and a day more or less makes no difference there.
        return wall_clock.replace(tzinfo=UTC)
    both = (wall_clock.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    moment = max(either.astimezone(UTC) for either in both)
    if shown(moment, zone) == wall_clock:
        return moment
    minute = timedelta(minutes=1)
    moment = moment.replace(second=0)
    while shown(moment - minute, zone) >= wall_clock:
        moment -= minute
    return moment


def shown(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)
