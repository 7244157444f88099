"""One class for each of the college's tables, with a default for each column that can have one.

Each field is a column of that name. The sample day, the tests and the benchmarks all build their
rows from these classes, so that a new column is added here and in `db/source/college.sql` only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import ClassVar

from absence_texts.database import Database, Value

CONTACTS_MOBILE = "07700 900999"


def numbered_reference(number: int) -> str:
    return f"STE{number:08d}"


def numbered_mobile(number: int) -> str:
    """Return one of Ofcom's fictional numbers; they repeat after a thousand."""
    return f"07700 900{number % 1000:03d}"


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


@dataclass
class Contact:
    table: ClassVar = "student_contacts"
    key: ClassVar = ("contact_id",)
    contact_id: int
    student_id: int
    mobile: str | None = CONTACTS_MOBILE
    name: str = "Emergency contact"


@dataclass
class Session:
    table: ClassVar = "portal_sessions"
    key: ClassVar = ("token_sha256",)
    token_sha256: str
    guardian_id: int
    expires_at: datetime
    revoked_at: datetime | None = None


type Record = Student | Lesson | Mark | Guardian | Link
"""What the criteria read."""
type AnyRecord = Record | Contact | Session


def insert(database: Database, records: Iterable[AnyRecord]) -> None:
    """Insert records, each after those that it refers to."""
    for table, of_table in groupby(records, key=lambda record: record.table):
        insert_rows(database, table, [vars(record) for record in of_table])


def insert_rows(database: Database, table: str, rows: Sequence[Mapping[str, Value]]) -> None:
    """Insert rows that all have the columns of the first."""
    columns = list(rows[0])
    values = ", ".join(f"%({column})s" for column in columns)
    with database.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", rows)
