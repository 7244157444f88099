"""Over a generated year the hold's rule asks a person once at most, and catches what is wrong."""

from statistics import mean

import pytest

from tests.unit.detect_absences.generated_year import teaching_days
from tests.unit.detect_absences.played_year import LIMITS, PlayedYear, Wrong
from tests.unit.detect_absences.wrong_days import (
    a_cancelled_lesson,
    a_register_of_the_wrong_group,
    everyone_marked_absent,
    everyone_marked_absent_from_noon,
    ordinary_registers,
    saturdays,
    times_an_hour_early,
)

SIZES = (300, 3000, 10_000)
YEARS = 3
DAYS = teaching_days()[::9]


@pytest.fixture(scope="module", params=SIZES, ids="{:,} students".format)
def years(request: pytest.FixtureRequest) -> list[PlayedYear]:
    return [PlayedYear.of(request.param, seed) for seed in range(YEARS)]


def test_a_year_with_flu_exams_and_a_strike_is_held_once_at_most(years: list[PlayedYear]) -> None:
    assert mean(year.false_holds for year in years) <= 1


@pytest.mark.parametrize(
    "wrong",
    [everyone_marked_absent, everyone_marked_absent_from_noon, times_an_hour_early],
)
def test_what_is_wrong_everywhere_is_held_before_a_second_lessons_texts_leave(
    years: list[PlayedYear], wrong: Wrong
) -> None:
    for day in DAYS:
        played = years[0].play(day, wrong)
        assert played.holds, day
        assert played.lessons_out <= 1, day


@pytest.mark.parametrize("wrong", [a_cancelled_lesson, a_register_of_the_wrong_group])
def test_of_one_wrong_register_at_most_its_own_texts_leave(
    years: list[PlayedYear], wrong: Wrong
) -> None:
    played = [years[0].play(day, wrong) for day in DAYS]
    assert max(day.lessons_out for day in played) <= 1
    assert mean(day.lessons_out == 0 for day in played) > 0.6


def test_registers_on_a_day_without_lessons_are_held(years: list[PlayedYear]) -> None:
    for saturday in saturdays()[::4]:
        played = years[0].play(saturday, ordinary_registers)
        assert played.holds, saturday
        assert played.texts_out <= LIMITS.fewest_texts, saturday
