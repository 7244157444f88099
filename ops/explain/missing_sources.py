"""Explains a text or a decision whose lesson, register mark or link no longer exists."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from absence_texts.database import Row, fetch_one
from absence_texts.identifiers import StudentId
from absence_texts.wording import clock_time
from ops.context import CommandContext
from ops.explain.criteria_answers import Explanation
from ops.explain.records import RecordKey


def explain_missing_sources(
    context: CommandContext, student: StudentId, day: date, keys: Iterable[RecordKey]
) -> Iterator[Explanation]:
    """Yield for each record why the criteria have no answers any more."""
    for lesson, guardian in keys:
        found = _read_sources(context, student, (lesson, guardian))
        yield Explanation(
            lesson_id=lesson,
            guardian_id=guardian,
            starts_at=found["starts_at"],
            gone=", ".join(_missing(found, day)),
        )


def _read_sources(context: CommandContext, student: StudentId, key: RecordKey) -> Row:
    """Return one row with what still exists of the lesson, the mark and the link."""
    table = context.source.table
    lesson, guardian = key
    found = fetch_one(
        context.database,
        f"""
SELECT lesson.lesson_id, lesson.starts_at, mark.student_id AS marked, link.guardian_id AS linked
FROM (SELECT %(lesson)s AS lesson_id) recorded
LEFT JOIN {table("lessons")} lesson ON lesson.lesson_id = recorded.lesson_id
LEFT JOIN {table("register_marks")} mark ON mark.lesson_id = recorded.lesson_id
  AND mark.student_id = %(student)s
LEFT JOIN {table("guardian_students")} link ON link.guardian_id = %(guardian)s
  AND link.student_id = %(student)s
LIMIT 1""",
        {"lesson": lesson, "student": student, "guardian": guardian},
    )
    return found or {}


def _missing(found: Row, day: date) -> Iterator[str]:
    starts_at = found["starts_at"]
    if found["lesson_id"] is None:
        yield "the lesson no longer exists"
    elif not isinstance(starts_at, datetime):
        yield f"the lesson starts at {clock_time(starts_at)} now"
    elif starts_at.date() != day:
        yield f"the lesson is on {starts_at.date()} now"
    if found["marked"] is None:
        yield "the student has no register mark for the lesson now"
    if found["linked"] is None:
        yield "the guardian is not linked to the student now"
