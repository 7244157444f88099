"""A college day as plain objects, and the same day as rows."""

from dataclasses import asdict, dataclass, field

from absence_texts.database import Database, Value, execute
from local.college.rows import Guardian, Lesson, Link, Mark, Record, Student, insert


@dataclass(frozen=True)
class Change:
    """From now on a record's column holds another value."""

    record: Record
    column: str
    value: Value

    def apply(self) -> None:
        setattr(self.record, self.column, self.value)


_CHILDREN_FIRST = (
    *("pastoral_logs", "absence_texts", "absence_decisions"),
    *("guardian_students", "register_marks", "guardians", "lessons", "students"),
)


@dataclass
class GeneratedDay:
    students: list[Student] = field(default_factory=list)
    lessons: list[Lesson] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def student(self, student_id: int) -> Student:
        return next(row for row in self.students if row.student_id == student_id)

    def lesson(self, lesson_id: int) -> Lesson:
        return next(row for row in self.lessons if row.lesson_id == lesson_id)

    def guardian(self, guardian_id: int) -> Guardian:
        return next(row for row in self.guardians if row.guardian_id == guardian_id)

    def records(self) -> list[Record]:
        return [*self.students, *self.lessons, *self.guardians, *self.marks, *self.links]


def write(database: Database, day: GeneratedDay) -> None:
    """Make the database hold this day and nothing else."""
    for table in _CHILDREN_FIRST:
        execute(database, f"DELETE FROM {table}", {})
    insert(database, day.records())


def rewrite(database: Database, record: Record) -> None:
    """Make the row what the record is now."""
    columns = ", ".join(f"{name} = %({name})s" for name in asdict(record))
    key = " AND ".join(f"{name} = %({name})s" for name in record.key)
    execute(database, f"UPDATE {record.table} SET {columns} WHERE {key}", asdict(record))
