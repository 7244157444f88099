"""Plays generated days with the hold's rule alone: what is held, and what leaves before that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from detect_absences.hold_rule import (
    Limits,
    Past,
    Register,
    Today,
    why_hold_register,
    why_hold_run,
)
from detect_absences.settings import HoldSettings
from tests.unit.detect_absences.generated_year import SLOTS, GeneratedYear, Lesson

LIMITS = HoldSettings().limits
_WEEKS = timedelta(weeks=8)

type Wrong = Callable[[GeneratedYear, int, Sequence[Lesson]], None]
"""Makes lessons of a slot wrong: it is given the year, the slot's number and its lessons."""


@dataclass
class PlayedDay:
    """One day, with a run after each slot. A person releases at once what a run holds."""

    so_far: list[int] = field(default_factory=list)
    """The texts of the day by the end of each slot."""
    holds: int = 0
    """The runs that held anything."""
    lessons_out: int = 0
    """The wrong lessons of which texts left, until the first run that held anything had ended."""
    texts_out: int = 0
    """The texts of these lessons."""
    released: int = 0


@dataclass
class PlayedYear:
    year: GeneratedYear
    limits: Limits = LIMITS
    days: dict[date, PlayedDay] = field(default_factory=dict)

    @classmethod
    def of(cls, students: int, seed: int) -> "PlayedYear":
        """Play a whole year in which nothing is wrong."""
        played = cls(GeneratedYear(students, Random(seed)))  # noqa: S311 (to be the same again)
        for day in played.year.days:
            played.days[day] = played.play(day)
        return played

    @property
    def false_holds(self) -> int:
        return sum(day.holds for day in self.days.values())

    def play(self, day: date, wrong: Wrong | None = None) -> PlayedDay:
        played = PlayedDay()
        for slot, lessons in enumerate(self.year.slots(day)):
            if wrong:
                wrong(self.year, slot, lessons)
            self._run(played, lessons, slot, self._past(day, slot))
        return played

    def _run(self, day: PlayedDay, lessons: Sequence[Lesson], slot: int, past: Past) -> None:
        texts = [self.year.texts(lesson.absent, slot) for lesson in lessons]
        held = [self._is_held(lesson) for lesson in lessons]
        so_far = sum(texts) + (day.so_far[-1] if day.so_far else 0)
        today = Today(
            texts=so_far,
            released=day.released,
            registers_held=sum(held),
            students=self.year.students * 4 // SLOTS,
        )
        if whole_run := why_hold_run(today, past, self.limits) is not None:
            held = [True] * len(lessons)
        if not day.holds:
            _note_what_leaves(day, lessons, texts, held)
        day.holds += any(held)
        released = sum(each for each, is_held in zip(texts, held, strict=True) if is_held)
        day.released = so_far if whole_run else day.released + released
        day.so_far.append(so_far)

    def _is_held(self, lesson: Lesson) -> bool:
        register = Register(students=lesson.students, absent=lesson.absent)
        return why_hold_register(register, self.limits) is not None

    def _past(self, today: date, slot: int) -> Past:
        texts = {
            day: played.so_far[slot]
            for day, played in self.days.items()
            if today - _WEEKS <= day < today
        }
        return Past.before(today, texts)


def _note_what_leaves(
    day: PlayedDay, lessons: Sequence[Lesson], texts: Sequence[int], held: Sequence[bool]
) -> None:
    for lesson, number, is_held in zip(lessons, texts, held, strict=True):
        if lesson.is_wrong and number and not is_held:
            day.lessons_out += 1
            day.texts_out += number
