"""What each function's own user may do in the database, and the SQL that grants it.

The server refuses everything else. So no user reads the students' contacts or changes a row of
the college's, the functions that face the internet or send mails read no mobile number, and only
the user of the migrations changes a table, one of ours.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from absence_texts.source import OPTIONAL_TABLES

MIGRATOR = "migrate_database"
_SELECT = ("SELECT",)


@dataclass(frozen=True)
class Grant:
    table: str
    verbs: tuple[str, ...]
    columns: tuple[str, ...] = ()
    """The only columns that may be selected; empty means all of them."""


_IF_THERE = tuple(Grant(table, _SELECT) for table in OPTIONAL_TABLES)
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
        Grant(
            "students", _SELECT, ("student_id", "reference", "first_name", "last_name", "status")
        ),
    ),
    "record_delivery": (),
    "mail_day": (
        Grant("students", _SELECT, ("student_id", "reference", "status")),
        Grant("lessons", _SELECT),
        Grant("register_marks", _SELECT),
        Grant("guardians", _SELECT, ("guardian_id",)),
        Grant("guardian_students", _SELECT),
    ),
    MIGRATOR: (),
}
"""The rights on the college's tables, by user. A user is named as its function's package."""
OPTIONAL: dict[str, tuple[Grant, ...]] = {"detect_absences": _IF_THERE, "send_sms": _IF_THERE}
"""The rights on tables that a college may lack, and may add later."""

_OF_THE_SERVICE: dict[str, tuple[Grant, ...]] = {
    "detect_absences": (
        Grant("absence_texts", ("SELECT", "INSERT", "UPDATE")),
        Grant("absence_decisions", ("SELECT", "INSERT", "DELETE")),
        Grant("texts_so_far", ("SELECT", "INSERT", "UPDATE")),
        Grant("last_run", ("SELECT", "INSERT", "UPDATE")),
        # For the people who run the command-line tool as this user.
        Grant("operator_actions", ("SELECT", "INSERT")),
    ),
    "send_sms": (
        Grant("absence_texts", ("SELECT", "UPDATE")),
        Grant("pastoral_logs", ("INSERT",)),
    ),
    "absence_redirect": (),
    "record_delivery": (
        Grant("absence_texts", ("SELECT", "UPDATE", "DELETE")),
        Grant("absence_decisions", ("SELECT", "DELETE")),
        Grant("texts_so_far", ("SELECT", "DELETE")),
        Grant("operator_actions", ("SELECT", "DELETE")),
        Grant("day_mails", ("SELECT", "DELETE")),
        Grant("pastoral_logs", ("INSERT",)),
        Grant("last_log_reading", ("SELECT", "INSERT", "UPDATE")),
        Grant("delivery_receipts", ("SELECT", "INSERT", "UPDATE", "DELETE")),
        Grant("delivery_receipt_texts", ("SELECT", "INSERT", "UPDATE")),
    ),
    "mail_day": (
        Grant("absence_texts", _SELECT),
        Grant("absence_decisions", _SELECT),
        Grant("last_run", _SELECT),
        Grant("day_mails", ("SELECT", "INSERT", "UPDATE")),
    ),
}
_MIGRATIONS = "schema_migrations"
# What MySQL requires to create and alter a table, and what it takes to fill a new column.
_CHANGING = ("SELECT", "INSERT", "UPDATE", "CREATE", "ALTER", "INDEX", "REFERENCES")
_TABLES = sorted({grant.table for grants in _OF_THE_SERVICE.values() for grant in grants})

OURS: dict[str, tuple[Grant, ...]] = _OF_THE_SERVICE | {
    MIGRATOR: (
        *(Grant(table, _CHANGING) for table in _TABLES),
        Grant(_MIGRATIONS, ("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE")),
    )
}
"""The rights on the tables that our migrations make, by user."""
CHECKING = (Grant(_MIGRATIONS, _SELECT),)
"""What the migrator has instead if only people may change tables."""

USERS = tuple(OURS)
"""Each user has the name of the function that connects as it."""
USERS_OF_ROWS = tuple(user for user in USERS if user != MIGRATOR)
"""All users except the one that makes the tables."""


def statements(  # noqa: PLR0913 (all but one by keyword)
    user: str,
    *,
    account: str,
    ours: str,
    source: str,
    lacking: Collection[str] = (),
    migrator_checks_only: bool = False,
) -> Iterator[str]:
    """Yield the GRANTs of a user to its account, such as `'send_sms'@'%'`, which must exist.

    `ours` and `source` are the names of our schema and the college's. The college's tables must
    exist, apart from the optional ones; ours need not. `lacking` names the columns that the college
    has left out, such as `students.last_name`.
    """
    for grant in COLLEGE[user]:
        rights = _rights(_without(lacking, grant))
        yield f"GRANT {rights} ON `{source}`.`{grant.table}` TO {account}"
    for grant in OPTIONAL.get(user, ()):
        yield from _on_any(grant, f"`{source}`.`{grant.table}`", account)
    for grant in CHECKING if migrator_checks_only and user == MIGRATOR else OURS[user]:
        yield from _on_any(grant, f"`{ours}`.`{grant.table}`", account)


def _on_any(grant: Grant, table: str, account: str) -> Iterator[str]:
    """Grant CREATE too: only then does MySQL accept a grant on a table that does not exist.

    https://dev.mysql.com/doc/refman/8.4/en/grant.html
    """
    if "CREATE" in grant.verbs:
        yield f"GRANT {_rights(grant)} ON {table} TO {account}"
    else:
        yield f"GRANT {_rights(grant)}, CREATE ON {table} TO {account}"
        yield f"REVOKE CREATE ON {table} FROM {account}"


def _without(lacking: Collection[str], grant: Grant) -> Grant:
    has = (column for column in grant.columns if f"{grant.table}.{column}" not in lacking)
    return replace(grant, columns=tuple(has))


def _rights(grant: Grant) -> str:
    columns = f" ({', '.join(grant.columns)})" if grant.columns else ""
    return ", ".join(f"{verb}{columns}" for verb in grant.verbs)
