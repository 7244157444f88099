"""A college day as plain objects, and the same day as rows.

Each field but `table` and `key` is a column of that name.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import ClassVar

from absence_texts.database import Database, Value, execute


@dataclass
class Student:
    table: ClassVar = "students"
    key: ClassVar = ("student_id",)
    student_id: int
    reference: str
    status: str = "C16"
    first_name: str = "Ada"
    last_name: str = "Lovelace"


@dataclass
class Lesson:
    table: ClassVar = "lessons"
    key: ClassVar = ("lesson_id",)
    lesson_id: int
    starts_at: datetime
    ends_at: datetime
    title: str = "Biology"


@dataclass
class Mark:
    table: ClassVar = "register_marks"
    key: ClassVar = ("lesson_id", "student_id")
    lesson_id: int
    student_id: int
    marked_at: datetime | None
    mark: str = "O"


@dataclass
class Guardian:
    table: ClassVar = "guardians"
    key: ClassVar = ("guardian_id",)
    guardian_id: int
    mobile: str | None = "07700 900123"
    status: str = "active"
    name: str = "Byron"


@dataclass
class Link:
    table: ClassVar = "guardian_students"
    key: ClassVar = ("guardian_id", "student_id")
    guardian_id: int
    student_id: int
    status: str = "active"
    hide_attendance: int = 0


type Record = Student | Lesson | Mark | Guardian | Link


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
    for records in (day.students, day.lessons, day.guardians, day.marks, day.links):
        _insert(database, records)


def rewrite(database: Database, record: Record) -> None:
    """Make the row what the record is now."""
    columns = ", ".join(f"{name} = %({name})s" for name in asdict(record))
    key = " AND ".join(f"{name} = %({name})s" for name in record.key)
    execute(database, f"UPDATE {record.table} SET {columns} WHERE {key}", asdict(record))


def _insert(database: Database, records: Sequence[Record]) -> None:
    if not records:
        return
    names = [column.name for column in fields(records[0])]
    values = ", ".join(f"%({name})s" for name in names)
    with database.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {records[0].table} ({', '.join(names)}) VALUES ({values})",
            [asdict(record) for record in records],
        )
