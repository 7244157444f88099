"""What the ledger and the runs recorded about one student's day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from absence_texts.database import Database, Row, fetch_all
from absence_texts.identifiers import NO_GUARDIAN, GuardianId, LessonId, StudentId
from ops.operator_actions import actions_about

type RecordKey = tuple[LessonId, GuardianId]


@dataclass(frozen=True)
class Records:
    texts: Mapping[RecordKey, Row]
    decisions: Mapping[RecordKey, Row]
    actions: tuple[Row, ...]
    """What people did about the texts, oldest first."""

    @property
    def keys(self) -> set[RecordKey]:
        return set(self.texts) | set(self.decisions)


def read_records(database: Database, student: StudentId, day: date) -> Records:
    """Read all of them, also those whose lesson, mark or link no longer exists."""

    def read(table: str) -> dict[RecordKey, Row]:
        rows = fetch_all(
            database,
            f"SELECT * FROM {table} WHERE student_id = %(student)s AND absence_date = %(day)s"
            " AND guardian_id <> %(no_guardian)s",
            {"student": student, "day": day, "no_guardian": NO_GUARDIAN},
        )
        return {(row["lesson_id"], row["guardian_id"]): row for row in rows}

    texts = read("absence_texts")
    return Records(
        texts=texts,
        decisions=read("absence_decisions"),
        actions=actions_about(database, [text["id"] for text in texts.values()]),
    )
