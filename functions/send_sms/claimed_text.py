"""A text as the ledger and the college's tables tell of it at this moment."""

from dataclasses import dataclass
from datetime import date, datetime

from absence_texts import criteria
from absence_texts.candidates import Rules, Source, claimed_text, parameters
from absence_texts.clock import CollegeTime
from absence_texts.database import Database, fetch_one
from absence_texts.identifiers import AbsenceTextId, GuardianId, LessonId, StudentId
from absence_texts.ledger import State


@dataclass(frozen=True, kw_only=True)
class ClaimedText:
    id: AbsenceTextId
    student_id: StudentId
    guardian_id: GuardianId
    lesson_id: LessonId
    absence_date: date
    state: State
    attempts: int
    failing: str | None
    """The first criterion that no longer holds; the next three are there only when all hold."""
    reference: str
    mobile: str
    starts_at: datetime


class UnknownTextError(Exception):
    """A job for a text that the ledger does not have."""


def load(
    database: Database, source: Source, rules: Rules, moment: CollegeTime, text_id: AbsenceTextId
) -> ClaimedText:
    """Read the text and put all criteria to it again, in one query; raises UnknownTextError."""
    row = fetch_one(
        database,
        f"""
SELECT t.id, t.student_id, t.guardian_id, t.lesson_id, t.absence_date, t.state, t.attempts,
  s.reference, g.mobile, m.starts_at, {criteria.first_failing()} AS failing
{claimed_text(source)}""",
        parameters(moment, rules, absence_text_id=text_id),
    )
    if row is None:
        raise UnknownTextError(f"the ledger has no text {text_id}")
    return ClaimedText(**{**row, "state": State(row["state"])})
