"""A text that detection has claimed, as the ledger and the college's tables show it now."""

from dataclasses import dataclass
from datetime import date, datetime

from absence_texts import criteria
from absence_texts.candidates import claimed_text, parameters
from absence_texts.clock import CollegeTime
from absence_texts.database import Database, fetch_one
from absence_texts.identifiers import AbsenceTextId, GuardianId, LessonId, StudentId
from absence_texts.ledger import MAYBE_OUT, NOT_STARTED, State
from absence_texts.rules import Rules
from absence_texts.source import Source


@dataclass(frozen=True, kw_only=True)
class ClaimedText:
    id: AbsenceTextId
    student_id: StudentId
    guardian_id: GuardianId
    lesson_id: LessonId
    absence_date: date
    state: State
    attempts: int
    was_in_doubt: bool
    """Whether a person had it resent: it may have left before."""
    failing: str | None
    """The first criterion that no longer holds. If one fails, the next four fields may be None."""
    reference: str
    mobile: str
    starts_at: datetime
    ends_at: datetime
    texts_ahead: int
    """The day's texts that left, may have left, or wait with a lower id.

    Those that wait count too, so that only one of two senders takes the day's last place.
    """


_TEXTS_AHEAD = """(
    SELECT COUNT(*) FROM absence_texts other FORCE INDEX (state_date)
    WHERE other.absence_date = t.absence_date AND other.id <> t.id
      AND (other.state IN %(maybe_out)s OR (other.state IN %(not_started)s AND other.id < t.id))
  )"""


class UnknownTextError(Exception):
    """A job for a text that the ledger does not have."""


def load(
    database: Database, source: Source, rules: Rules, moment: CollegeTime, text_id: AbsenceTextId
) -> ClaimedText:
    """Read the text and ask all criteria again, in one query; raises UnknownTextError."""
    row = fetch_one(
        database,
        f"""
SELECT t.id, t.student_id, t.guardian_id, t.lesson_id, t.absence_date, t.state, t.attempts,
  t.in_doubt_at IS NOT NULL AS was_in_doubt,
  s.reference, g.mobile, m.starts_at, m.ends_at, {criteria.first_failing(source)} AS failing,
  {_TEXTS_AHEAD} AS texts_ahead
{claimed_text(source)}""",
        {
            **parameters(moment, rules, absence_text_id=text_id),
            "maybe_out": tuple(sorted(MAYBE_OUT)),
            "not_started": tuple(sorted(NOT_STARTED)),
        },
    )
    if row is None:
        raise UnknownTextError(f"the ledger has no text {text_id}")
    return ClaimedText(
        **{**row, "state": State(row["state"]), "was_in_doubt": bool(row["was_in_doubt"])}
    )
