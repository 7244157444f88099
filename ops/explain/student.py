"""Finds the student that `explain` is asked about."""

from dataclasses import dataclass

from absence_texts.database import Value, fetch_all
from absence_texts.identifiers import StudentId
from ops.context import CommandContext


@dataclass(frozen=True)
class StudentFound:
    id: StudentId
    reference: str
    status: str


def find_by_reference(context: CommandContext, reference: str) -> list[StudentFound]:
    """Return every student with this reference; blanks around a reference do not count."""
    return _find(context, "TRIM(reference) = %(sought)s", reference.strip())


def find_by_id(context: CommandContext, student_id: int) -> list[StudentFound]:
    return _find(context, "student_id = %(sought)s", student_id)


def _find(context: CommandContext, condition: str, sought: Value) -> list[StudentFound]:
    """Return one row for each id, because a view of the college may hold a student twice."""
    rows = fetch_all(
        context.database,
        "SELECT student_id, MIN(TRIM(reference)) AS reference, MIN(status) AS status"
        f" FROM {context.source.table('students')}"
        f" WHERE {condition} AND student_id IS NOT NULL GROUP BY student_id ORDER BY student_id",
        {"sought": sought},
    )
    return [
        StudentFound(
            StudentId(row["student_id"]),
            row["reference"] or "without reference",
            row["status"] or "",
        )
        for row in rows
    ]
