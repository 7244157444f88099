"""Reads what is recorded about a day's absences, for the account of the day."""

from collections.abc import Iterator

from absence_texts.account import NO_ABSENCE, StudentEntry, entries
from absence_texts.candidates import (
    DUE_OR_NEVER,
    RECORDED_GUARDIAN,
    STORABLE,
    linked_guardians,
    parameters,
)
from absence_texts.clock import CollegeTime
from absence_texts.criteria import condition
from absence_texts.database import Database, fetch_all
from absence_texts.rules import Rules
from absence_texts.source import Source
from absence_texts.vocabulary import Reason


def read_account(
    database: Database, source: Source, rules: Rules, moment: CollegeTime, *, is_over: bool
) -> Iterator[StudentEntry]:
    """Yield an entry for each student with an absence on the day of `moment`, by student id.

    `is_over`: no text of the day can leave any more.
    """
    asked = parameters(moment, rules) | {"no_absence": tuple(sorted(NO_ABSENCE))}
    return entries(fetch_all(database, _records(source), asked), is_over=is_over)


def _records(source: Source) -> str:
    """Return a SELECT of the day's records of 16-19 students, by student and guardian.

    A record is a text, a decision that there is none, or an absence that no run has looked at.
    Student 7 with the guardians 1 and 2, for example, has a text of guardian 1, and the decision
    `has_mobile` about guardian 2. The student's status is asked now: a decision about a register
    that was marked late says nothing about the student.
    """
    return source.resolve(f"""
SELECT recorded.*
FROM (
  {_TEXTS}
  UNION ALL
  {_DECISIONS}
  UNION ALL
  {_not_decided(source)}
) recorded
WHERE EXISTS (
  SELECT 1 FROM source.students s
  WHERE s.student_id = recorded.student_id AND {condition("student_16_19")}
)
ORDER BY recorded.student_id, recorded.guardian_id""")


_TEXTS = """SELECT t.student_id, t.guardian_id, t.lesson_id, t.id AS text_id, t.state, t.reason,
    COALESCE(t.sent_at, t.failed_at, t.cancelled_at, t.in_doubt_at, t.pending_at) AS at
  FROM absence_texts t
  WHERE t.absence_date = %(today)s
    AND NOT (t.state = %(cancelled)s AND COALESCE(t.reason, '') IN %(no_absence)s
      AND t.in_doubt_at IS NULL)"""
_DECISIONS = """SELECT d.student_id, d.guardian_id, d.lesson_id, NULL, NULL, d.criterion,
    d.decided_at
  FROM absence_decisions d
  WHERE d.absence_date = %(today)s AND d.criterion NOT IN %(no_absence)s"""


def _not_decided(source: Source) -> str:
    return f"""SELECT STRAIGHT_JOIN m.student_id, {RECORDED_GUARDIAN},
    m.lesson_id, NULL, NULL, '{Reason.NOT_DECIDED}', CAST(%(now)s AS DATETIME(6))
  {linked_guardians(source, or_none=True)}
  LEFT JOIN absence_decisions known ON known.lesson_id = m.lesson_id
    AND known.student_id = m.student_id
  WHERE {condition("first_of_day")}
    AND {DUE_OR_NEVER} AND {STORABLE}
    AND t.id IS NULL AND known.lesson_id IS NULL"""
