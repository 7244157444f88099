"""The local stage's clock is shifted only if texts could not leave now, and by whole minutes."""

from datetime import UTC, datetime, time, timedelta

import pytest

from local.college_clock import offset_for_texts, offset_to
from local.running_stack import COLLEGE_ZONE


@pytest.mark.parametrize(
    "instant",
    [
        "2026-01-15 08:00",
        "2026-01-15 19:29",
        "2026-07-15 07:00",  # 08:00 in London
        "2026-07-15 18:29",
    ],
)
def test_while_texts_leave_the_clock_is_right(instant: str) -> None:
    assert not offset_for_texts(now=utc(instant))


@pytest.mark.parametrize(
    "instant",
    [
        "2026-01-15 03:00:29",
        "2026-01-15 07:59:59",
        "2026-01-15 19:30",
        "2026-01-15 23:59:59",
        "2026-07-14 23:00",  # midnight in London, the 15th
        "2026-07-15 22:59",
        "2026-03-29 00:30",  # the clocks go forward half an hour later
        "2026-10-25 00:30",  # the hour that comes twice
        "2026-10-25 23:30",
    ],
)
def test_else_it_is_about_half_past_eleven_on_the_colleges_same_date(instant: str) -> None:
    now = utc(instant)
    offset = offset_for_texts(now=now)
    shown, real = ((now + shift).astimezone(COLLEGE_ZONE) for shift in (offset, timedelta()))
    assert shown.date() == real.date()
    assert abs(minutes(shown.time()) - minutes(time(11, 30))) <= 1
    assert offset % timedelta(minutes=1) == timedelta()


def test_any_time_can_be_chosen() -> None:
    now = utc("2026-01-15 12:00")
    assert offset_to(time(9, 5), now=now) == timedelta(hours=-2, minutes=-55)


def utc(instant: str) -> datetime:
    return datetime.fromisoformat(instant).replace(tzinfo=UTC)


def minutes(wall_clock: time) -> float:
    return wall_clock.hour * 60 + wall_clock.minute + wall_clock.second / 60
