"""Texts of the ledger, as staff read them: by reference and lesson, with a masked number."""

from collections.abc import Mapping
from typing import Any

from absence_texts.database import Row, fetch_all
from absence_texts.source import Source
from absence_texts.wording import clock_time
from ops.context import CommandContext
from ops.masking import masked
from ops.people.names import guardian_name, names_sql, printable, student_name

RECIPIENT_HEADINGS = (
    *("student", "student name", "lesson", "guardian", "guardian name", "mobile"),
)
HEADINGS = ("text", *RECIPIENT_HEADINGS, "state", "reason")


def find_texts(
    context: CommandContext, condition: str, parameters: Mapping[str, Any]
) -> tuple[Row, ...]:
    """Return the texts `t` for which `condition` holds, in the order of the references.

    A subquery for each column, instead of a join: a view of the college may hold a student twice,
    and each text must be listed once.
    """
    table = context.source.table
    return fetch_all(
        context.database,
        f"""
SELECT t.id, t.guardian_id, t.state, t.reason, t.absence_date, t.in_doubt_at, t.sent_at,
  t.student_id, t.lesson_id,
  (SELECT MIN(reference) FROM {table("students")} s WHERE s.student_id = t.student_id) AS reference,
  (SELECT MIN(starts_at) FROM {table("lessons")} l WHERE l.lesson_id = t.lesson_id) AS starts_at,
  (SELECT MIN(mobile) FROM {table("guardians")} g WHERE g.guardian_id = t.guardian_id) AS mobile,
  {_names(context.source)}
FROM absence_texts t
WHERE {condition}
ORDER BY reference, t.guardian_id, t.id""",
        parameters,
    )


def cells(text: Row) -> tuple[str, ...]:
    """Return a text's row of the table with HEADINGS."""
    return str(text["id"]), *recipient_cells(text), text["state"], text["reason"] or ""


def recipient_cells(text: Row) -> tuple[str, ...]:
    """Return the student, the lesson, the guardian and the masked mobile, with the names."""
    return (
        printable(text["reference"]) or "gone",
        student_name(text),
        clock_time(text["starts_at"], text["absence_date"]) if text["starts_at"] else "gone",
        str(text["guardian_id"]),
        guardian_name(text),
        masked(text["mobile"]),
    )


def _names(source: Source) -> str:
    """Return subqueries for the names of the text's student and guardian."""
    names, table = names_sql(source), source.table
    student = f"FROM {table('students')} s WHERE s.student_id = t.student_id"
    guardian = f"FROM {table('guardians')} g WHERE g.guardian_id = t.guardian_id"
    of = {"first_name": student, "last_name": student, "guardian_name": guardian}
    return ", ".join(f"(SELECT MIN({names[name]}) {of[name]}) AS {name}" for name in of)
