"""The college's wall clock, on ordinary days and on both nights on which it changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from absence_texts.clock import Clock, CollegeTime

LONDON = ZoneInfo("Europe/London")
WAIT = timedelta(minutes=20)


def college_time(utc: str, zone: ZoneInfo = LONDON) -> CollegeTime:
    return CollegeTime(datetime.fromisoformat(utc).replace(tzinfo=UTC), zone)


@pytest.mark.parametrize(
    ("utc", "wall_clock"),
    [
        pytest.param("2026-11-23 11:30", "2026-11-23 11:30", id="winter"),
        pytest.param("2026-06-01 10:30", "2026-06-01 11:30", id="summer"),
        pytest.param("2026-06-01 23:30", "2026-06-02 00:30", id="already tomorrow in college"),
    ],
)
def test_the_wall_clock_is_the_colleges(utc: str, wall_clock: str) -> None:
    moment = college_time(utc)
    assert moment.wall_clock == datetime.fromisoformat(wall_clock)
    assert moment.today == datetime.fromisoformat(wall_clock).date()
    assert moment.utc == datetime.fromisoformat(utc)


def test_the_day_runs_from_midnight_to_midnight_on_the_wall_clock() -> None:
    moment = college_time("2026-10-25 12:00")
    assert moment.day_start == datetime(2026, 10, 25)
    assert moment.day_end == datetime(2026, 10, 26)


@pytest.mark.parametrize(
    ("utc", "latest_end"),
    [
        pytest.param("2026-11-23 11:30:00", "2026-11-23 11:10:00", id="to the second"),
        pytest.param("2026-11-23 11:29:59", "2026-11-23 11:09:59", id="a second early"),
        # Clocks go back at 02:00 BST, 01:00 UTC: 01:00-01:59 comes twice.
        pytest.param("2026-10-25 00:19:00", "2026-10-25 00:59:00", id="before the hour repeats"),
        pytest.param("2026-10-25 00:40:00", "2026-10-25 00:59:59", id="first 01:20 does not count"),
        pytest.param("2026-10-25 01:40:00", "2026-10-25 01:20:00", id="second 01:20 does"),
        # Clocks go forward at 01:00 UTC: 01:00-01:59 never shows.
        pytest.param("2026-03-29 01:10:00", "2026-03-29 00:50:00", id="before the skipped hour"),
        pytest.param("2026-03-29 01:30:00", "2026-03-29 02:10:00", id="after the skipped hour"),
    ],
)
def test_a_lesson_is_due_only_once_it_surely_ended_long_enough_ago(
    utc: str, latest_end: str
) -> None:
    ended = college_time(utc).latest_end(WAIT).replace(microsecond=0)
    assert ended == datetime.fromisoformat(latest_end)


def test_a_college_in_another_zone_has_its_own_day() -> None:
    moment = college_time("2026-11-23 20:00", ZoneInfo("Pacific/Auckland"))
    assert moment.wall_clock == datetime(2026, 11, 24, 9)


def test_an_offset_shifts_the_clock() -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    clock = Clock(LONDON, timedelta(hours=-1), lambda: noon)
    assert clock.now().wall_clock == datetime(2026, 11, 23, 11)
