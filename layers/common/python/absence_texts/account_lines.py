"""The account of a day as staff read it: a line for each guardian, by reference and lesson.

A line holds no name and no mobile number, so that it may leave the service by mail.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from absence_texts.account import GuardianEntry, StudentEntry, in_words
from absence_texts.identifiers import NO_GUARDIAN
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


def account_lines(entries: Iterable[StudentEntry], day: date) -> Iterator[Line]:
    """Yield a line for each guardian of each entry."""
    for entry in entries:
        for guardian in entry.guardians:
            yield Line(
                guardian=guardian,
                reference=guardian.record["reference"] or "",
                starts_at=guardian.record["starts_at"],
                day=day,
            )


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a spreadsheet's rows, the headings first."""
    return "".join(csv_lines(headings, rows))
