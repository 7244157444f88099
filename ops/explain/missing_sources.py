"""What was recorded of a lesson and guardian whose register mark or link is no longer there."""

from collections.abc import Iterable, Iterator
from datetime import date

from absence_texts.database import Row, fetch_one
from absence_texts.identifiers import StudentId
from ops.context import CommandContext
from ops.explain.criteria_answers import Explanation
from ops.explain.records import Pair


def explain_missing_sources(
    context: CommandContext, student: StudentId, day: date, pairs: Iterable[Pair]
) -> Iterator[Explanation]:
    """Yield for each of `pairs` why there is nothing to hold the criteria to."""
    for lesson, guardian in pairs:
        found = _what_is_left(context, student, (lesson, guardian))
        yield Explanation(
            lesson_id=lesson,
            guardian_id=guardian,
            starts_at=found["starts_at"],
            gone=", ".join(_what_is_gone(found, day)),
        )


def _what_is_left(context: CommandContext, student: StudentId, pair: Pair) -> Row:
    table = context.source.table
    lesson, guardian = pair
    found = fetch_one(
        context.database,
        f"""
SELECT lesson.starts_at, mark.mark, link.guardian_id AS linked
FROM (SELECT %(lesson)s AS lesson_id) recorded
LEFT JOIN {table("lessons")} lesson ON lesson.lesson_id = recorded.lesson_id
LEFT JOIN {table("register_marks")} mark ON mark.lesson_id = recorded.lesson_id
  AND mark.student_id = %(student)s
LEFT JOIN {table("guardian_students")} link ON link.guardian_id = %(guardian)s
  AND link.student_id = %(student)s""",
        {"lesson": lesson, "student": student, "guardian": guardian},
    )
    return found or {}


def _what_is_gone(found: Row, day: date) -> Iterator[str]:
    if found["starts_at"] is None:
        yield "the lesson is gone"
    elif found["starts_at"].date() != day:
        yield f"the lesson is on {found['starts_at'].date()} now"
    if found["mark"] is None:
        yield "the student has no register mark for it now"
    if found["linked"] is None:
        yield "the guardian is not linked to the student now"
