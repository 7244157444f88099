"""The ledger's texts as staff are told of them: by reference and lesson, never a whole number."""

from collections.abc import Mapping
from typing import Any

from absence_texts.database import Row, fetch_all
from ops.college_times import clock_time
from ops.context import CommandContext
from ops.masking import masked

HEADINGS = ("text", "student", "lesson", "guardian", "mobile", "state", "reason")


def find_texts(
    context: CommandContext, which: str, parameters: Mapping[str, Any]
) -> tuple[Row, ...]:
    """Return the texts `t` for which the condition holds, in the students' order."""
    source = context.source
    return fetch_all(
        context.database,
        f"""
SELECT t.id, s.reference, lesson.starts_at, t.guardian_id, g.mobile, t.state, t.reason,
  t.absence_date, t.in_doubt_at, t.sent_at, t.student_id, t.lesson_id
FROM absence_texts t
LEFT JOIN {source.table("students")} s ON s.student_id = t.student_id
LEFT JOIN {source.table("lessons")} lesson ON lesson.lesson_id = t.lesson_id
LEFT JOIN {source.table("guardians")} g ON g.guardian_id = t.guardian_id
WHERE {which}
ORDER BY s.reference, t.guardian_id""",
        parameters,
    )


def cells(text: Row) -> tuple[str, ...]:
    """Return what stands under the headings; the mobile is masked."""
    return (
        str(text["id"]),
        *whom(text),
        text["state"],
        text["reason"] or "",
    )


def whom(text: Row) -> tuple[str, ...]:
    """Return the student, the lesson, the guardian and the masked mobile."""
    return (
        text["reference"] or "gone",
        clock_time(text["starts_at"], text["absence_date"]) if text["starts_at"] else "gone",
        str(text["guardian_id"]),
        masked(text["mobile"]),
    )
