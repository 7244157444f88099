"""Decides which texts are held for a person, because they do not look like an ordinary day's.

The decisions need counts alone, so that a test plays a whole year with them in seconds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_high
from typing import Self

from absence_texts.vocabulary import Reason

_ENOUGH_DAYS = 2
"""Of one weekday, before the past says what is usual on it."""
_ENOUGH_WEEKS = 5
"""With texts, before a weekday without texts is a weekday without lessons."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The college's settings of what looks like an ordinary day."""

    whole_register_from: int
    """A register on which everyone is absent is held if it has this many students or more."""
    percent_absent: int
    """A register is held if a larger share of its students is absent ..."""
    percent_absent_from: int
    """... and if it has this many students or more."""
    registers_at_once: int
    """If a run holds this many registers, it holds all texts that it would queue."""
    times_the_usual: int
    """A run's texts are held if the day then has more than this multiple of the usual texts."""
    texts_from: int
    """A run's texts are not held while the day has at most this many."""
    percent_without_past: int
    """Before there is a past: texts for each hundred students whose lessons have begun."""

    @property
    def fewest_absent(self) -> int:
        """Return a number of absent students below which no register is held."""
        share = self.percent_absent * self.percent_absent_from // 100
        return min(self.whole_register_from, share)

    @property
    def fewest_texts(self) -> int:
        """Return a number of texts up to which no run's texts are held."""
        return min(self.texts_from, self.whole_register_from)


@dataclass(frozen=True, kw_only=True)
class Register:
    """The students with a mark for one lesson, and how many of them are marked absent."""

    students: int
    absent: int


@dataclass(frozen=True, kw_only=True)
class Today:
    """What has become of today's texts by the time of a run, cancelled ones aside."""

    texts: int
    released: int
    """Those of `texts` that a person has released."""
    registers_held: int
    """By this run, because of the registers themselves."""
    students: int
    """Whose lessons have begun. They count only if the past says nothing."""


@dataclass(frozen=True, kw_only=True)
class Past:
    """How many texts the last weeks had by this time of day."""

    same_weekday: Sequence[int]
    """Of each day of today's weekday that had any text."""
    weeks: int
    """How many of the weeks had any text."""

    @classmethod
    def before(cls, today: date, texts: Mapping[date, int]) -> Self:
        """Return what these days before today say; `texts` has the days that had any text."""
        return cls(
            same_weekday=[had for day, had in texts.items() if day.weekday() == today.weekday()],
            weeks=len({(today - day).days // 7 for day in texts}),
        )

    @property
    def knows_the_weekday(self) -> bool:
        return len(self.same_weekday) >= _ENOUGH_DAYS

    @property
    def says_nothing(self) -> bool:
        return not self.knows_the_weekday and self.weeks < _ENOUGH_WEEKS


def why_hold_register(register: Register, limits: Limits) -> Reason | None:
    """Return why the texts about a lesson are held, or None if its register looks ordinary."""
    students, absent = register.students, register.absent
    if absent == students and students >= limits.whole_register_from:
        return Reason.EVERYONE_ABSENT
    too_many = absent * 100 > students * limits.percent_absent
    if too_many and students >= limits.percent_absent_from:
        return Reason.NEARLY_EVERYONE_ABSENT
    return None


def why_hold_run(today: Today, past: Past, limits: Limits) -> Reason | None:
    """Return why all texts that are about to be queued are held, or None if the day looks ordinary.

    What a person has released looks ordinary from then on.
    """
    if today.registers_held >= limits.registers_at_once:
        return Reason.SEVERAL_REGISTERS
    if today.texts - today.released > _most_texts(past, limits, students=today.students):
        return Reason.UNUSUALLY_MANY
    return None


def _most_texts(past: Past, limits: Limits, *, students: int) -> int:
    """Return how many texts the day may have by now.

    On a weekday that has no lessons, this is less than one whole register. A single odd day of the
    past changes little, because the median counts.
    """
    if past.knows_the_weekday:
        usual = median_high(past.same_weekday)
        return max(usual * limits.times_the_usual, limits.texts_from)
    if past.says_nothing:
        return max(students * limits.percent_without_past // 100, limits.texts_from)
    return limits.fewest_texts
