"""What each function's own user may do in the database, and the SQL that grants it.

Whatever is not in this table is refused: no user reads the students' contacts, none changes a
college's row, and the function that faces the internet reads no mobile number.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_SELECT = ("SELECT",)


@dataclass(frozen=True)
class Grant:
    table: str
    verbs: tuple[str, ...]
    columns: tuple[str, ...] = ()
    """The only columns that may be selected; none named is all of them."""


_CRITERIA = tuple(
    Grant(table, _SELECT)
    for table in ("students", "lessons", "register_marks", "guardians", "guardian_students")
)

COLLEGE: dict[str, tuple[Grant, ...]] = {
    "detect_absences": _CRITERIA,
    "send_sms": _CRITERIA,
    "absence_redirect": (
        Grant("portal_sessions", _SELECT),
        Grant("guardians", _SELECT, ("guardian_id", "status")),
        Grant("guardian_students", _SELECT, ("guardian_id", "student_id", "status")),
        Grant("students", _SELECT, ("student_id", "reference", "first_name", "status")),
    ),
    "record_delivery": (
        Grant("guardians", _SELECT, ("guardian_id", "mobile")),
        Grant("students", _SELECT, ("student_id", "reference")),
        Grant("lessons", _SELECT, ("lesson_id", "starts_at")),
    ),
}
"""By the function's package, which is its user's name: the college's own tables."""

OURS: dict[str, tuple[Grant, ...]] = {
    "detect_absences": (
        Grant("absence_texts", ("SELECT", "INSERT", "UPDATE")),
        Grant("absence_decisions", ("SELECT", "INSERT", "DELETE")),
    ),
    "send_sms": (
        Grant("absence_texts", ("SELECT", "UPDATE")),
        Grant("pastoral_logs", ("INSERT",)),
    ),
    "absence_redirect": (),
    "record_delivery": (
        Grant("absence_texts", ("SELECT", "UPDATE")),
        Grant("pastoral_logs", ("INSERT",)),
        Grant("delivery_receipts", ("SELECT", "INSERT", "UPDATE", "DELETE")),
        Grant("delivery_receipt_texts", ("SELECT", "INSERT", "UPDATE")),
    ),
}
"""Likewise: the tables that our migrations make."""

USERS = tuple(OURS)


def statements(user: str, *, host: str, ours: str, source: str) -> Iterator[str]:
    """Yield the GRANTs of a user that exists; `ours` and `source` are the two schemas' names."""
    for schema, grants in ((source, COLLEGE[user]), (ours, OURS[user])):
        for grant in grants:
            columns = f" ({', '.join(grant.columns)})" if grant.columns else ""
            verbs = ", ".join(f"{verb}{columns}" for verb in grant.verbs)
            yield f"GRANT {verbs} ON `{schema}`.`{grant.table}` TO '{user}'@'{host}'"
