"""A type for each identifier, so that mypy refuses a guardian's id in place of a student's."""

from typing import NewType

StudentId = NewType("StudentId", int)
GuardianId = NewType("GuardianId", int)
LessonId = NewType("LessonId", int)
AbsenceTextId = NewType("AbsenceTextId", int)
