"""A college day as plain objects."""

from dataclasses import dataclass, field
from typing import Any

from db.source.reported_absence import ReportedAbsence
from db.source.tables import Guardian, Lesson, Link, Mark, Record, Student


@dataclass
class GeneratedDay:
    students: list[Student] = field(default_factory=list)
    lessons: list[Lesson] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    reports: list[ReportedAbsence] = field(default_factory=list)

    def students_with(self, student_id: int | None) -> list[Student]:
        return [row for row in self.students if _same(row.student_id, student_id)]

    def lessons_with(self, lesson_id: int | None) -> list[Lesson]:
        return [row for row in self.lessons if _same(row.lesson_id, lesson_id)]

    def guardians_with(self, guardian_id: int | None) -> list[Guardian]:
        return [row for row in self.guardians if _same(row.guardian_id, guardian_id)]

    def marks_with(self, lesson_id: int | None, student_id: int | None) -> list[Mark]:
        return [
            row
            for row in self.marks
            if _same(row.lesson_id, lesson_id) and _same(row.student_id, student_id)
        ]

    def links_with(self, student_id: int | None, guardian_id: int | None) -> list[Link]:
        return [
            row
            for row in self.links
            if _same(row.student_id, student_id) and _same(row.guardian_id, guardian_id)
        ]

    def rows_like(self, record: Record) -> list[Record]:
        """Return the list that the record is in, or that it can be added to."""
        lists: dict[str, list[Any]] = {
            Student.table: self.students,
            Lesson.table: self.lessons,
            Guardian.table: self.guardians,
            Mark.table: self.marks,
            Link.table: self.links,
            ReportedAbsence.table: self.reports,
        }
        return lists[record.table]

    def records(self) -> list[Record]:
        people: list[Record] = [*self.students, *self.lessons, *self.guardians]
        return [*people, *self.marks, *self.links, *self.reports]


def _same(one: int | None, other: int | None) -> bool:
    """Compare as the database does: NULL equals nothing."""
    return one is not None and one == other
