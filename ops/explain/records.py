"""What the ledger and the runs recorded of one student's day, by lesson and guardian."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from absence_texts.database import Database, Row, fetch_all
from absence_texts.identifiers import GuardianId, LessonId, StudentId

type Pair = tuple[LessonId, GuardianId]


@dataclass(frozen=True)
class Records:
    texts: Mapping[Pair, Row]
    decisions: Mapping[Pair, Row]

    @property
    def pairs(self) -> set[Pair]:
        return set(self.texts) | set(self.decisions)


def read_records(database: Database, student: StudentId, day: date) -> Records:
    """Read them all, whatever has become of the lesson, the mark or the link since."""

    def read(table: str) -> dict[Pair, Row]:
        rows = fetch_all(
            database,
            f"SELECT * FROM {table} WHERE student_id = %(student)s AND absence_date = %(day)s",
            {"student": student, "day": day},
        )
        return {(row["lesson_id"], row["guardian_id"]): row for row in rows}

    return Records(texts=read("absence_texts"), decisions=read("absence_decisions"))
