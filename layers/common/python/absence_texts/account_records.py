"""Reads what is recorded about a day's absences, for the account of the day."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

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
from absence_texts.database import Database, stream
from absence_texts.rules import Rules
from absence_texts.source import Source
from absence_texts.vocabulary import Reason


def read_account(  # noqa: PLR0913 (all but four by keyword)
    database: Database,
    source: Source,
    rules: Rules,
    moment: CollegeTime,
    *,
    is_over: bool,
    shown: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[StudentEntry]:
    """Yield an entry for each student with an absence on the day of `moment`.

    The students who have waited longest for news come first, by their first lesson's start. The
    connection can do nothing else until the last entry is read.

    `is_over`: no text of the day can leave any more. `shown` is SQL to read with each record, by
    name. It may use the aliases `s`, `gs` and `g` of the criteria.
    """
    asked = parameters(moment, rules) | {"no_absence": tuple(sorted(NO_ABSENCE))}
    return entries(stream(database, _records(source, shown), asked), is_over=is_over)


def _records(source: Source, shown: Mapping[str, str]) -> str:
    """Return a SELECT of the day's records of 16-19 students, with reference and lesson.

    A record is a text, a decision that there is none, or an absence that no run has looked at.
    Student 7 with the guardians 1 and 2, for example, has a text of guardian 1, and the decision
    `has_mobile` about guardian 2. The student's status is asked now: a decision about a register
    that was marked late says nothing about the student.

    A view of the college may hold a row twice. Then a record comes twice, and counts once.
    """
    others = "".join(f",\n  {sql} AS {name}" for name, sql in shown.items())
    return source.resolve(f"""
SELECT STRAIGHT_JOIN recorded.*, s.reference, l.starts_at, l.ends_at{others}
FROM (
  {_TEXTS}
  UNION ALL
  {_DECISIONS}
  UNION ALL
  {_not_decided(source)}
) recorded
JOIN source.students s ON s.student_id = recorded.student_id AND {condition("student_16_19")}
LEFT JOIN source.lessons l ON l.lesson_id = recorded.lesson_id
{_GUARDIANS if shown else ""}
ORDER BY MIN(l.starts_at) OVER (PARTITION BY recorded.student_id), recorded.student_id,
  recorded.guardian_id""")


_GUARDIANS = """LEFT JOIN source.guardians g ON g.guardian_id = recorded.guardian_id
LEFT JOIN source.guardian_students gs ON gs.student_id = recorded.student_id
  AND gs.guardian_id = recorded.guardian_id"""
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
