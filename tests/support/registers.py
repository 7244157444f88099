"""Whole registers in a test's college."""

from collections.abc import Mapping

from absence_texts.identifiers import AbsenceTextId, LessonId
from absence_texts.ledger import State
from detect_absences.settings import HoldSettings
from tests.support.college import College

NOTHING_IS_HELD: Mapping[str, int] = {
    "hold_whole_register_from": 1_000_000,
    "hold_percent_absent_from": 1_000_000,
    "hold_texts_from": 1_000_000,
}
"""Settings for a test that needs many texts at once, and not the hold."""

LIMITS = HoldSettings().limits
WHOLE = LIMITS.whole_register_from
SHARE_FROM = LIMITS.percent_absent_from


def states_of(college: College, lesson: LessonId) -> set[str]:
    return {text["state"] for text in college.texts() if text["lesson_id"] == lesson}


def reasons(college: College) -> set[str | None]:
    return {text["reason"] for text in college.texts()}


def held(college: College) -> list[AbsenceTextId]:
    return [text["id"] for text in college.texts() if text["state"] == State.HELD]


def a_register(
    college: College, *, absent: int, present: int = 0, starts: str = "10:10", ends: str = "11:10"
) -> LessonId:
    """Add a lesson with as many students marked absent, each with a guardian, and present."""
    lesson = college.lesson(starts, ends)
    for number in range(absent + present):
        student, _ = college.student_with_guardian()
        college.mark(student, lesson, "O" if number < absent else "/", marked_at=starts)
    return lesson
