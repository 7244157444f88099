"""What goes wrong with registers, as it changes the counts of a slot's lessons."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from tests.unit.detect_absences.generated_year import GeneratedYear, Lesson, teaching_days
from tests.unit.detect_absences.played_year import Wrong

_SLOT = 1
"""In which a single register is wrong."""
_HAD_NO_LESSON_BEFORE = 0.4
_IS_IN_BOTH_GROUPS = 0.07
_WEEKS_UNTIL_WEEKENDS_ARE_KNOWN = 6


def everyone_marked_absent(_year: GeneratedYear, _slot: int, lessons: Sequence[Lesson]) -> None:
    """Mark everyone `O` everywhere: a fault of the register system, or a closed day."""
    for lesson in lessons:
        _spoil(lesson, lesson.students)


def everyone_marked_absent_from_noon(
    year: GeneratedYear, slot: int, lessons: Sequence[Lesson]
) -> None:
    if slot > _SLOT:
        everyone_marked_absent(year, slot, lessons)


def a_cancelled_lesson(year: GeneratedYear, slot: int, lessons: Sequence[Lesson]) -> None:
    """Mark everyone of one lesson absent, because nobody told the register system."""
    for lesson in _one_of(year, slot, lessons):
        _spoil(lesson, lesson.students)


def a_register_of_the_wrong_group(
    year: GeneratedYear, slot: int, lessons: Sequence[Lesson]
) -> None:
    """Mark absent who is on the list and not in the room, where another group is.

    One student in fifteen is in both groups.
    """
    for lesson in _one_of(year, slot, lessons):
        present = year.chance.binomialvariate(lesson.students, _IS_IN_BOTH_GROUPS)
        _spoil(lesson, lesson.students - present)


def times_an_hour_early(year: GeneratedYear, slot: int, lessons: Sequence[Lesson]) -> None:
    """Mark by the cards at the doors, an hour early because an import moved the lessons.

    Nobody has come before the first lesson. Later, those who had a lesson before are there.
    """
    for lesson in lessons:
        share = 1 if slot == 0 else _HAD_NO_LESSON_BEFORE
        there = lesson.students - lesson.absent
        _spoil(lesson, lesson.absent + year.chance.binomialvariate(there, share))


def ordinary_registers(_year: GeneratedYear, _slot: int, lessons: Sequence[Lesson]) -> None:
    """Have an ordinary day's registers on a day on which the college is closed."""
    for lesson in lessons:
        _spoil(lesson, lesson.absent)


def _one_of(year: GeneratedYear, slot: int, lessons: Sequence[Lesson]) -> Iterable[Lesson]:
    return [year.chance.choice(lessons)] if slot == _SLOT and lessons else []


def _spoil(lesson: Lesson, absent: int) -> None:
    lesson.absent, lesson.is_wrong = absent, True


WRONG_DAYS: Mapping[str, Wrong] = {
    "everyone marked `O` everywhere, or a closed day marked so": everyone_marked_absent,
    "the same from the third lesson on": everyone_marked_absent_from_noon,
    "times an hour early": times_an_hour_early,
    "the register of a cancelled lesson": a_cancelled_lesson,
    "a register of the wrong group": a_register_of_the_wrong_group,
}


def saturdays() -> list[date]:
    """Return Saturdays of the terms, from when the past tells that they have no lessons."""
    fridays = [day for day in teaching_days() if day.weekday() == 4]
    return [day + timedelta(days=1) for day in fridays[_WEEKS_UNTIL_WEEKENDS_ARE_KNOWN:]]
