"""How far the local stage shifts its clock, so that a college day can be played at any time."""

from datetime import UTC, datetime, time, timedelta

from local.running_stack import COLLEGE_ZONE

_TEXTS_LEAVE = (time(8), time(19, 30))
_MID_MORNING = time(11, 30)


def offset_to(wall_clock: time, *, now: datetime | None = None) -> timedelta:
    """Return the time from now to this wall-clock time of today, in whole minutes."""
    instant = now or datetime.now(UTC)
    college_date = instant.astimezone(COLLEGE_ZONE).date()
    wanted = datetime.combine(college_date, wall_clock, COLLEGE_ZONE).astimezone(UTC)
    return timedelta(minutes=round((wanted - instant) / timedelta(minutes=1)))


def offset_for_texts(*, now: datetime | None = None) -> timedelta:
    """Return no offset if texts may leave now, otherwise the offset to mid-morning."""
    instant = now or datetime.now(UTC)
    opens, closes = _TEXTS_LEAVE
    if opens <= instant.astimezone(COLLEGE_ZONE).time() < closes:
        return timedelta()
    return offset_to(_MID_MORNING, now=instant)
