"""The absences that `doctor --prove` plays: one for each way that a text can end."""

from datetime import date, datetime, time
from enum import Enum
from zoneinfo import ZoneInfo

from absence_texts.clock import CollegeTime
from absence_texts.identifiers import GuardianId, LessonId, StudentId
from absence_texts.ledger import State
from db.source.tables import AnyRecord, Guardian, Lesson, Link, Mark, Student
from local.college.rows import numbered_mobile, numbered_reference
from ops.college_times import college_time

DAY = date(2026, 11, 23)
ZONE = ZoneInfo("Europe/London")
FIRST_LESSON, SECOND_LESSON = LessonId(1), LessonId(2000)
_FIRST_GUARDIAN_ID = 100


class Absence(Enum):
    """A student who missed the first lesson, and the state that the text ends in."""

    DELIVERED = 1, State.DELIVERED
    UNDELIVERED = 2, State.UNDELIVERED
    SETTLED_BY_RECEIPT = 3, State.DELIVERED
    RESENT = 4, State.SENT
    REFUSED = 5, State.FAILED
    OUTSIDE_TRIAL = 6, State.WOULD_SEND
    CORRECTED = 7, State.CANCELLED
    MOBILE_ADDED = 8, State.SENT
    PAUSED = 9, State.CANCELLED
    THROTTLED = 10, State.CANCELLED
    ABANDONED = 11, State.IN_DOUBT
    SAME_PHONE_AS_DELIVERED = 12, State.CANCELLED, 1

    def __init__(self, number: int, outcome: State, same_phone_as: int | None = None) -> None:
        """Make a student and a guardian, or another guardian of a student, with the same mobile."""
        self.student = StudentId(same_phone_as or number)
        self.guardian = GuardianId(_FIRST_GUARDIAN_ID + number)
        self.mobile = numbered_mobile(self.student)
        self.outcome = outcome


_STUDENTS = sorted({each.student for each in Absence})
_PRESENT = [StudentId(1000 + number) for number in range(len(_STUDENTS))]
"""As many as are absent, so that the register looks ordinary."""


def at(hour: int, minute: int = 0, *, day: date = DAY) -> CollegeTime:
    return college_time(datetime.combine(day, time(hour, minute)), ZONE)


def sample_rows() -> list[AnyRecord]:
    """Return the rows of the college's tables, in an order that their foreign keys allow."""
    return [
        *(Student(each, numbered_reference(each)) for each in (*_STUDENTS, *_PRESENT)),
        Lesson(FIRST_LESSON, at(10, 10).wall_clock, at(11, 10).wall_clock),
        Lesson(SECOND_LESSON, at(11, 20).wall_clock, at(12, 20).wall_clock),
        *(Mark(FIRST_LESSON, each, at(10, 15).wall_clock) for each in _STUDENTS),
        *(Mark(FIRST_LESSON, each, at(10, 15).wall_clock, mark="/") for each in _PRESENT),
        *(Guardian(each.guardian, _first_mobile(each)) for each in Absence),
        *(Link(each.guardian, each.student) for each in Absence),
    ]


def _first_mobile(absence: Absence) -> str | None:
    return None if absence is Absence.MOBILE_ADDED else absence.mobile
