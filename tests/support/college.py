"""A college in a test's database: adds rows one by one, and reads what became of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Self
from zoneinfo import ZoneInfo

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, Row, Value, execute, fetch_all
from absence_texts.identifiers import AbsenceTextId, GuardianId, LessonId, StudentId
from absence_texts.ledger import State
from db.source.tables import AnyRecord, Contact, Guardian, Lesson, Link, Mark, Student
from local.college.rows import insert_rows, numbered_mobile, numbered_reference

DAY = "2026-11-23"
LONDON = ZoneInfo("Europe/London")


def wall_clock(time: str, day: str = DAY) -> datetime:
    """Read `11:30` as a time of the day, or a whole date and time."""
    return datetime.fromisoformat(time if "-" in time else f"{day} {time}")


def at(time: str, zone: ZoneInfo = LONDON) -> CollegeTime:
    return CollegeTime(wall_clock(time).replace(tzinfo=zone).astimezone(UTC), zone)


@dataclass
class College:
    database: Database
    day: str = DAY
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    def of_today(cls, database: Database) -> Self:
        """Return a college whose absences are of today, for handlers that read the real clock."""
        return cls(database, day=f"{datetime.now(LONDON):%Y-%m-%d}")

    def student(self, **columns: Value) -> StudentId:
        number = next(self._ids)
        self._add(Student(number, numbered_reference(number)), columns)
        return StudentId(number)

    def lesson(self, starts: str = "10:10", ends: str = "11:10", **columns: Value) -> LessonId:
        number = next(self._ids)
        times = (wall_clock(starts, self.day), wall_clock(ends, self.day))
        self._add(Lesson(number, *times), columns)
        return LessonId(number)

    def mark(
        self,
        student: StudentId,
        lesson: LessonId,
        mark: str = "O",
        marked_at: str | None = "10:15",
    ) -> None:
        time = wall_clock(marked_at, self.day) if marked_at else None
        self._add(Mark(lesson, student, marked_at=time, mark=mark))

    def guardian(self, **columns: Value) -> GuardianId:
        number = next(self._ids)
        self._add(Guardian(number, numbered_mobile(number)), columns)
        return GuardianId(number)

    def link(self, guardian: GuardianId, student: StudentId, **columns: Value) -> None:
        self._add(Link(guardian, student), columns)

    def contact(self, student: StudentId) -> None:
        self._add(Contact(next(self._ids), student))

    def student_with_guardian(self, **columns: Value) -> tuple[StudentId, GuardianId]:
        student, guardian = self.student(**columns), self.guardian()
        self.link(guardian, student)
        return student, guardian

    def absence(self) -> tuple[StudentId, GuardianId, LessonId]:
        """Add an absence from 10:10 to 11:10 that meets every criterion from 11:30."""
        student, guardian = self.student_with_guardian()
        lesson = self.lesson()
        self.mark(student, lesson)
        return student, guardian, lesson

    def claim(
        self, student: StudentId, guardian: GuardianId, lesson: LessonId, state: State
    ) -> None:
        """Add a ledger row as if detection had claimed it a moment ago."""
        just_now = datetime.now(UTC).replace(tzinfo=None)
        text: dict[str, Value] = {
            "student_id": student,
            "guardian_id": guardian,
            "absence_date": self.day,
            "lesson_id": lesson,
            "state": state,
            "pending_at": just_now,
            f"{state}_at": just_now,
        }
        insert_rows(self.database, "absence_texts", [text])

    def change(self, table: str, where: str, **columns: Value) -> None:
        assignments = ", ".join(f"{column} = %({column})s" for column in columns)
        execute(self.database, f"UPDATE {table} SET {assignments} WHERE {where}", columns)

    @property
    def schema(self) -> str:
        (row,) = fetch_all(self.database, "SELECT DATABASE() AS name", {})
        return str(row["name"])

    def texts(self) -> tuple[Row, ...]:
        return fetch_all(self.database, "SELECT * FROM absence_texts ORDER BY id", {})

    def the_text(self) -> Row:
        (text,) = self.texts()
        return text

    def the_text_id(self) -> AbsenceTextId:
        return AbsenceTextId(self.the_text()["id"])

    def pastoral_logs(self) -> tuple[Row, ...]:
        return fetch_all(self.database, "SELECT * FROM pastoral_logs ORDER BY id", {})

    def decision_rows(self) -> tuple[Row, ...]:
        return fetch_all(self.database, "SELECT * FROM absence_decisions", {})

    def decisions(self) -> dict[tuple[int, int], str]:
        """Return the criterion that failed, by lesson and guardian."""
        rows = self.decision_rows()
        return {(row["lesson_id"], row["guardian_id"]): row["criterion"] for row in rows}

    def _add(self, record: AnyRecord, columns: Mapping[str, Value] | None = None) -> None:
        """Insert the record, with these values for columns that the test is about."""
        insert_rows(self.database, record.table, [vars(record) | dict(columns or {})])
