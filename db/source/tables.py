"""The college's tables, as the service reads them: a class for each table, a field for each column.

`doctor` compares a live database with these classes, and docs/data-contract.md shows them. The
sample college, the tests and the benchmarks build their rows from these classes too: the defaults
are for such rows only. A college must offer each column that is read, unless it is optional.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from absence_texts.source import KEYS
from db.source.contract import (
    CollegeTable,
    Index,
    NotRead,
    columns_read,
    optional_text,
    optional_yes_or_no,
    text,
    wall_clock,
    whole_number,
)
from db.source.portal_session import Session
from db.source.reported_absence import ReportedAbsence

CONTACTS_MOBILE = "07700 900999"
_PORTAL_STATUS = text(
    "VARCHAR(10)",
    "`active`, in any case and with any blanks around it; anything else is not, such as"
    " `suspended`",
)


@dataclass
class Student(CollegeTable):
    """The college's students, of all ages."""

    table: ClassVar = "students"
    key: ClassVar = KEYS[table]
    indexes: ClassVar = (Index(("reference",), why="`explain` looks a student up by it"),)
    student_id: Annotated[int, whole_number("the student")]
    reference: Annotated[
        str,
        text(
            "VARCHAR(20)",
            "as printed in the text: `STE04049635`. Up to 20 characters of the plain SMS alphabet",
        ),
    ]
    first_name: Annotated[
        str, text("VARCHAR(100)", "shown to a logged-in guardian who has several students")
    ] = "Ada"
    last_name: Annotated[
        str,
        optional_text(
            "VARCHAR(100)",
            "Staff find students by it, and read it in their lists. Shown to a logged-in guardian"
            " of two students with one first name",
        ),
    ] = "Lovelace"
    status: Annotated[
        str, text("VARCHAR(10)", "`C` and two more characters is an active 16-19 student")
    ] = "C16"


@dataclass
class Lesson(CollegeTable):
    """The timetable: a row for each lesson of each day."""

    table: ClassVar = "lessons"
    key: ClassVar = KEYS[table]
    indexes: ClassVar = (
        Index(("starts_at",), why="each run reads one day's lessons", faster_with=("ends_at",)),
    )
    lesson_id: Annotated[int, whole_number("one lesson on one day")]
    starts_at: Annotated[datetime, wall_clock()]
    ends_at: Annotated[datetime, wall_clock("after `starts_at`")]
    title: Annotated[str, NotRead("VARCHAR(100)")] = "Biology"


@dataclass
class Mark(CollegeTable):
    """The registers: a mark for each student of a lesson."""

    table: ClassVar = "register_marks"
    key: ClassVar = KEYS[table]
    indexes: ClassVar = (
        Index(
            ("lesson_id", "mark"),
            why="each run reads the absent marks of one day's lessons",
            faster_with=("student_id", "marked_at"),
        ),
        Index(
            ("student_id", "mark"),
            why="the check before sending reads one student's",
            faster_with=("lesson_id", "marked_at"),
        ),
    )
    lesson_id: Annotated[int, whole_number()]
    student_id: Annotated[int, whole_number()]
    marked_at: Annotated[
        datetime | None,
        wall_clock(
            "when the **present** value was entered: it changes when the mark does. On the day of"
            " the lesson. An empty one, or a placeholder such as `0000-00-00`, is a"
            " [data problem](criteria.md#data-problems)"
        ),
    ]
    mark: Annotated[str, text("VARCHAR(2)", "`O` is absent (the setting `absent_mark`)")] = "O"


@dataclass
class Guardian(CollegeTable):
    """Accounts on the Communications Portal."""

    table: ClassVar = "guardians"
    key: ClassVar = KEYS[table]
    guardian_id: Annotated[int, whole_number("the account")]
    mobile: Annotated[
        str | None,
        text(
            "VARCHAR(30)",
            "the portal's number, as typed; empty when the guardian gave or left none",
        ),
    ] = "07700 900123"
    status: Annotated[str, _PORTAL_STATUS] = "active"
    name: Annotated[
        str, optional_text("VARCHAR(100)", "Staff find guardians by it, and read it in their lists")
    ] = "Byron"


@dataclass
class Link(CollegeTable):
    """Which guardian is linked to which student."""

    table: ClassVar = "guardian_students"
    key: ClassVar = KEYS[table]
    indexes: ClassVar = (
        Index(
            ("student_id",),
            why="from an absence to its guardians",
            faster_with=("guardian_id", "status", "hide_attendance"),
        ),
    )
    guardian_id: Annotated[int, whole_number()]
    student_id: Annotated[int, whole_number()]
    status: Annotated[str, _PORTAL_STATUS] = "active"
    hide_attendance: Annotated[
        int,
        optional_yes_or_no(
            "Yes: this guardian is not to see the student's attendance, and gets no text"
        ),
    ] = 0
    lives_with: Annotated[
        int,
        optional_yes_or_no("Yes: the student lives with this guardian: staff ring them first"),
    ] = 0


@dataclass
class Contact(CollegeTable):
    """In the sample college only: the tests show by it that no contact is ever read."""

    table: ClassVar = "student_contacts"
    key: ClassVar = ("contact_id",)
    contact_id: Annotated[int, NotRead("INT UNSIGNED")]
    student_id: Annotated[int, NotRead("INT UNSIGNED")]
    mobile: Annotated[str | None, NotRead("VARCHAR(30)")] = CONTACTS_MOBILE
    name: Annotated[str, NotRead("VARCHAR(100)")] = "Emergency contact"


_NEEDED: tuple[type[CollegeTable], ...] = (Student, Lesson, Mark, Guardian, Link, Session)
CONTRACT: tuple[type[CollegeTable], ...] = (*_NEEDED, ReportedAbsence)
"""What a college offers."""
OPTIONAL = frozenset(
    f"{table.table}.{name}"
    for table in CONTRACT
    for name, column in columns_read(table).items()
    if column.optional
)
"""The columns that a college may leave out, such as `students.last_name`."""
SAMPLE: tuple[type[CollegeTable], ...] = (*_NEEDED, Contact)
"""What the sample college has, each table after those that it refers to."""

type Record = Student | Lesson | Mark | Guardian | Link | ReportedAbsence
"""What the criteria read."""
type AnyRecord = Record | Contact | Session
