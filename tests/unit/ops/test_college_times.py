"""The days and times that people type, by the college's clock."""

from datetime import date, datetime

import pytest

from ops.college_times import DateError, day_asked, instant_asked, parse_day
from tests.support.college import at

MONDAY = at("2026-11-23 12:50")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-04", "2026-11-04"),
        ("04/11/2026", "2026-11-04"),
        ("4/11/26", "2026-11-04"),
        ("4.11.2026", "2026-11-04"),
        ("4 November", "2026-11-04"),
        ("today", "2026-11-23"),
        ("Yesterday", "2026-11-22"),
        ("last tuesday", "2026-11-17"),
        ("tuesday", "2026-11-17"),
        ("Fri", "2026-11-20"),
        ("3 days ago", "2026-11-20"),
        ("24/11/2026", "2026-11-24"),
    ],
)
def test_a_day_is_read_as_the_british_write_it(typed: str, day: str) -> None:
    assert parse_day(typed, MONDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "2026-02-30", "may", "2026", "a", "soon", "1/1/1900", "9999-01-01"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(DateError):
        parse_day(typed, MONDAY)


def test_words_count_from_the_colleges_midnight() -> None:
    just_after_midnight = at("2026-07-01 00:05")
    assert day_asked(["yesterday"], just_after_midnight) == date(2026, 6, 30)


def test_nothing_typed_is_today() -> None:
    assert day_asked(None, MONDAY) == date(2026, 11, 23)


def test_a_day_to_come_is_refused() -> None:
    with pytest.raises(DateError):
        day_asked(["tomorrow"], MONDAY)


@pytest.mark.parametrize(
    ("typed", "wall_clock"),
    [
        ("11:35", "2026-11-23 11:35"),
        ("yesterday 11:35", "2026-11-22 11:35"),
        ("last Tuesday 11:35", "2026-11-17 11:35"),
        ("24/11/2026 11:35:07", "2026-11-24 11:35:07"),
        ("2026-11-23T11:35", "2026-11-23 11:35"),
    ],
)
def test_an_instant_is_a_time_after_a_day(typed: str, wall_clock: str) -> None:
    found = instant_asked(typed.split(), MONDAY)
    assert found.wall_clock == datetime.fromisoformat(wall_clock)


@pytest.mark.parametrize("typed", ["25:00", "noonish", "yesterday"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(DateError):
        instant_asked([typed], MONDAY)
