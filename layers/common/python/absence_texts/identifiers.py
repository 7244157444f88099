"""A type for each identifier, so that mypy refuses a guardian's id in place of a student's."""

from typing import NewType

StudentId = NewType("StudentId", int)
GuardianId = NewType("GuardianId", int)
LessonId = NewType("LessonId", int)
AbsenceTextId = NewType("AbsenceTextId", int)

NO_GUARDIAN = GuardianId(-(2**63))
"""In a decision about a student to whom no guardian is linked. No data check lets such an id in."""
