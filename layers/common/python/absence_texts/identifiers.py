"""A type for each identifier, so that one can't stand where another belongs."""

from typing import NewType

StudentId = NewType("StudentId", int)
GuardianId = NewType("GuardianId", int)
LessonId = NewType("LessonId", int)
AbsenceTextId = NewType("AbsenceTextId", int)
