"""The account of a day as staff read it: by reference and lesson, with masked numbers."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from absence_texts.account import GuardianEntry, StudentEntry, Told, in_words
from absence_texts.account_records import read_account
from absence_texts.database import fetch_all
from absence_texts.identifiers import NO_GUARDIAN
from ops.college_times import as_of, clock_time
from ops.context import CommandContext
from ops.masking import masked

HEADINGS = ("student", "lesson", "told", "guardian", "mobile", "text", "state", "reason")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One guardian of one student."""

    guardian: GuardianEntry
    reference: str
    starts_at: datetime | str | None
    """College time. Text if the driver could not read the time."""
    mobile: str
    """Masked."""
    day: date

    def cells(self) -> tuple[str, ...]:
        """Return the line's cells under HEADINGS."""
        guardian = self.guardian
        return (
            self.reference,
            clock_time(self.starts_at, self.day) if self.starts_at else "gone",
            guardian.told.replace("_", " "),
            "none" if guardian.guardian_id == NO_GUARDIAN else str(guardian.guardian_id),
            self.mobile,
            str(guardian.text_id or ""),
            guardian.state or "no text",
            in_words(guardian.reason),
        )


def read_entries(context: CommandContext, day: date) -> list[StudentEntry]:
    """Return the day's account, the students who wait longest for news first."""
    now = context.now
    is_over = day < now.today or context.settings.window_has_closed(now)
    found = read_account(
        context.database,
        context.source,
        context.settings.rules,
        as_of(day, now),
        is_over=is_over,
    )
    return sorted(found, key=lambda entry: (entry.since, entry.student_id))


def lines(context: CommandContext, entries: Iterable[StudentEntry], day: date) -> list[Line]:
    """Return a line for each guardian of each entry."""
    pairs = [(entry, guardian) for entry in entries for guardian in entry.guardians]
    students = {entry.student_id for entry, _ in pairs}
    lessons = {guardian.lesson_id for _, guardian in pairs}
    guardians = {guardian.guardian_id for _, guardian in pairs}
    references = _look_up(context, "students", "student_id", "reference", students)
    starts = _look_up(context, "lessons", "lesson_id", "starts_at", lessons)
    mobiles = _look_up(context, "guardians", "guardian_id", "mobile", guardians)
    return [
        Line(
            guardian=guardian,
            reference=str(references.get(entry.student_id) or "gone"),
            starts_at=starts.get(guardian.lesson_id),
            mobile=masked(mobiles.get(guardian.guardian_id)),
            day=day,
        )
        for entry, guardian in pairs
    ]


def count_students(entries: Iterable[StudentEntry]) -> Mapping[Told, int]:
    """Return how many students came to each outcome."""
    told = [entry.told for entry in entries]
    return {outcome: told.count(outcome) for outcome in Told}


def _look_up(
    context: CommandContext, table: str, key: str, column: str, ids: AbstractSet[int]
) -> dict[int, str]:
    """Return the column's value by id. A view may hold a row twice: the smallest value counts."""
    if not ids:
        return {}
    rows = fetch_all(
        context.database,
        f"SELECT {key} AS id, MIN({column}) AS value FROM {context.source.table(table)}"
        f" WHERE {key} IN %(ids)s GROUP BY {key}",
        {"ids": tuple(sorted(ids))},
    )
    return {row["id"]: row["value"] for row in rows}
