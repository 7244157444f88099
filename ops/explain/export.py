"""Everything that our tables hold about one student, for a subject access request."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict

from absence_texts.database import Row, Value, fetch_all
from absence_texts.identifiers import StudentId
from ops.context import CommandContext

_STUDENT = "student_id = %(student)s"
_TEXTS = f"SELECT id FROM absence_texts WHERE {_STUDENT}"
_ABOUT_A_TEXT = f"absence_text_id IN ({_TEXTS})"
# A receipt of a text that has its message id, or that may be of a text.
_RECEIPTS = f"""
sns_message_id IN (SELECT sns_message_id FROM delivery_receipt_texts WHERE {_ABOUT_A_TEXT})
OR sns_message_id IN (SELECT provider_message_id FROM absence_texts WHERE {_STUDENT})"""
CONDITIONS: Mapping[str, str] = {
    "absence_texts": _STUDENT,
    "absence_decisions": _STUDENT,
    "pastoral_logs": _STUDENT,
    "delivery_receipts": _RECEIPTS,
    "delivery_receipt_texts": _ABOUT_A_TEXT,
    "operator_actions": _ABOUT_A_TEXT,
}
"""Which rows of each of our tables are about a student."""


class Export(BaseModel):
    """What `explain --export` prints."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    student_id: int
    exported_at: AwareDatetime
    rows: dict[str, list[dict[str, Any]]]
    """Every column of the student's rows, by our table's name."""


def read_export(context: CommandContext, student: StudentId) -> Export:
    return Export(
        student_id=student,
        exported_at=context.now.instant,
        rows={table: _rows(context, table, student) for table in CONDITIONS},
    )


def _rows(context: CommandContext, table: str, student: StudentId) -> list[dict[str, Any]]:
    sql = f"SELECT * FROM {table} WHERE {CONDITIONS[table]} ORDER BY 1"
    return [_in_utc(row) for row in fetch_all(context.database, sql, {"student": student})]


def _in_utc(row: Row) -> dict[str, Value]:
    """Say of each time that it is UTC, as our tables' times are."""
    return {
        column: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value
        for column, value in row.items()
    }
