"""A year of a college's registers, as counts: 190 teaching days, with a flu week and a strike.

Chance decides how many of each register's students are absent. The figures are those of sixth-form
colleges, chosen before the rule was tried: nine of ten students attend, and six marks in a hundred
are an `O`. Each register has a rate of its own, because some classes are missed more than others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from random import Random

SLOTS = 5
_LESSONS_A_DAY = 4
_ABSENCE_RATE = 0.06
_KNOWN_BEFORE = (0.0, 0.5, 0.6, 0.65, 0.7)
"""The share of each slot's absent students who missed an earlier lesson of the day."""
_TERMS = (
    (date(2026, 9, 7), 7),
    (date(2026, 11, 2), 7),
    (date(2027, 1, 4), 6),
    (date(2027, 2, 22), 5),
    (date(2027, 4, 12), 7),
    (date(2027, 6, 7), 6),
)
"""The first Monday of each half-term, and its weeks."""
FLU_WEEK = date(2027, 1, 18)
STRIKE_DAY = date(2026, 11, 19)
_EXAM_WEEKS = {date(2027, 1, 4), date(2027, 1, 11)} | {
    date(2027, 5, 17) + timedelta(weeks=number) for number in range(7)
}


def teaching_days() -> list[date]:
    return [
        monday + timedelta(weeks=week, days=day)
        for monday, weeks in _TERMS
        for week in range(weeks)
        for day in range(5)
    ]


@dataclass(frozen=True)
class Group:
    students: int
    absence_rate: float
    """The share of its marks that are absent in an ordinary week."""


@dataclass
class Lesson:
    students: int
    absent: int
    is_wrong: bool = False


@dataclass
class GeneratedYear:
    students: int
    chance: Random
    days: list[date] = field(default_factory=teaching_days)

    @cached_property
    def groups(self) -> list[list[Group]]:
        """Return the groups of each slot. Some groups are missed more than others, all year."""
        return [list(self._groups_of_a_slot()) for _ in range(SLOTS)]

    def slots(self, day: date) -> Iterator[list[Lesson]]:
        """Yield the lessons that are due together, from the first slot to the last."""
        of_the_day = self.chance.lognormvariate(0, 0.15) * (1.15 if day.weekday() in {0, 4} else 1)
        monday = day - timedelta(days=day.weekday())
        in_exams = monday in _EXAM_WEEKS
        times = of_the_day * (2 if monday == FLU_WEEK else 1) * (1.8 if in_exams else 1)
        extra = 0.25 if day == STRIKE_DAY else 0.0
        for groups in self.groups:
            yield [
                self._lesson(group, times, extra)
                for group in groups
                if not in_exams or self.chance.random() < 0.4
            ]

    def texts(self, absent: int, slot: int) -> int:
        """Return how many texts tell of these absences for the first time that day."""
        first = self.chance.binomialvariate(absent, 1 - _KNOWN_BEFORE[slot])
        return self.reached(first)

    def reached(self, students: int) -> int:
        """Return the guardians who can be texted: one for most students, two for some."""
        one = self.chance.binomialvariate(students, 0.85)
        return one + self.chance.binomialvariate(one, 0.4)

    def _groups_of_a_slot(self) -> Iterator[Group]:
        places = self.students * _LESSONS_A_DAY // SLOTS
        while places > 1:
            students = min(self._size(), places)
            yield Group(students, _ABSENCE_RATE * self.chance.gammavariate(4, 0.25))
            places -= students

    def _size(self) -> int:
        kind = self.chance.random()
        if kind < 0.06:
            return self.chance.randint(2, 4)
        return self.chance.randint(5, 9) if kind < 0.2 else self.chance.randint(10, 24)

    def _lesson(self, group: Group, times: float, extra: float) -> Lesson:
        rate = min(group.absence_rate * times + extra, 0.9)
        return Lesson(group.students, self.chance.binomialvariate(group.students, rate))
