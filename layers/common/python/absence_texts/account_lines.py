"""The account of a day as staff read it: a line for each guardian, by reference and lesson.

A line holds no name and no mobile number, so that it may leave the service by mail.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from absence_texts.account import GuardianEntry, StudentEntry, in_words
from absence_texts.database import Database, fetch_all
from absence_texts.identifiers import NO_GUARDIAN
from absence_texts.source import Source
from absence_texts.spreadsheet import csv_lines
from absence_texts.wording import clock_time

HEADINGS = ("student", "lesson", "told", "guardian", "text", "state", "reason")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One guardian of one student."""

    guardian: GuardianEntry
    reference: str
    starts_at: datetime | str | None
    """College time. Text if the driver could not read the time."""
    day: date

    @property
    def lesson(self) -> str:
        return clock_time(self.starts_at, self.day) if self.starts_at else "gone"

    def cells(self) -> tuple[str, ...]:
        """Return the line's cells under HEADINGS."""
        guardian = self.guardian
        return (
            self.reference,
            self.lesson,
            guardian.told.replace("_", " "),
            "none" if guardian.guardian_id == NO_GUARDIAN else str(guardian.guardian_id),
            str(guardian.text_id or ""),
            guardian.state or "no text",
            in_words(guardian.reason),
        )


def account_lines(
    database: Database, source: Source, entries: Iterable[StudentEntry], day: date
) -> list[Line]:
    """Return a line for each guardian of each entry."""
    pairs = [(entry, guardian) for entry in entries for guardian in entry.guardians]
    students = {entry.student_id for entry, _ in pairs}
    lessons = {guardian.lesson_id for _, guardian in pairs}
    references = look_up(database, source.table("students"), "student_id", "reference", students)
    starts = look_up(database, source.table("lessons"), "lesson_id", "starts_at", lessons)
    return [
        Line(
            guardian=guardian,
            reference=str(references.get(entry.student_id) or "gone"),
            starts_at=starts.get(guardian.lesson_id),
            day=day,
        )
        for entry, guardian in pairs
    ]


def look_up(
    database: Database, table: str, key: str, column: str, ids: AbstractSet[int]
) -> dict[int, str]:
    """Return the column's value by id. A view may hold a row twice: the smallest value counts."""
    if not ids:
        return {}
    rows = fetch_all(
        database,
        f"SELECT {key} AS id, MIN({column}) AS value FROM {table}"
        f" WHERE {key} IN %(ids)s GROUP BY {key}",
        {"ids": tuple(sorted(ids))},
    )
    return {row["id"]: row["value"] for row in rows}


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a spreadsheet's rows, the headings first."""
    return "".join(csv_lines(headings, rows))
