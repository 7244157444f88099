"""The college's tables: where they are, and what they offer."""

import re
from dataclasses import dataclass

from absence_texts.database import Database, fetch_all

KEYS: dict[str, frozenset[str]] = {
    "students": frozenset({"student_id"}),
    "lessons": frozenset({"lesson_id"}),
    "register_marks": frozenset({"lesson_id", "student_id"}),
    "guardians": frozenset({"guardian_id"}),
    "guardian_students": frozenset({"guardian_id", "student_id"}),
}
"""The columns that name one row of a table."""
_TABLE = re.compile(r"\bsource\.(\w+)")


@dataclass(frozen=True, kw_only=True)
class Source:
    """The college's tables: the schema they are in, and whether links can hide attendance."""

    schema: str
    has_hide_attendance: bool
    unique_tables: frozenset[str] = frozenset()
    """The tables whose key the server itself keeps unique. A view's key is never known."""

    def table(self, name: str) -> str:
        return f"`{self.schema}`.`{name}`"

    @property
    def links(self) -> str:
        if self.has_hide_attendance:
            return self.table("guardian_students")
        return (
            f"(SELECT links.*, 0 AS hide_attendance FROM {self.table('guardian_students')} links)"
        )

    def resolve(self, sql: str) -> str:
        """Put the real tables where the SQL says `source.lessons` and the like."""
        return _TABLE.sub(lambda found: self.table(found[1]), sql)


def find_source(database: Database, schema: str | None) -> Source:
    """Find the college's tables in `schema`, or in our own schema if it is None.

    A source without the column `hide_attendance` counts as not set (`attendance_shared`).
    """
    found = fetch_all(
        database,
        "SELECT COALESCE(%(schema)s, DATABASE()) AS source, SUM(column_name = 'hide_attendance')"
        " AS hide_attendance FROM information_schema.columns"
        " WHERE table_schema = COALESCE(%(schema)s, DATABASE())"
        " AND table_name = 'guardian_students'",
        {"schema": schema},
    )
    (row,) = found
    return Source(
        schema=row["source"],
        has_hide_attendance=bool(row["hide_attendance"]),
        unique_tables=_unique_tables(database, row["source"]),
    )


def _unique_tables(database: Database, schema: str) -> frozenset[str]:
    columns = fetch_all(
        database,
        "SELECT table_name AS of_table, index_name AS of_index, column_name AS name"
        " FROM information_schema.statistics WHERE table_schema = %(schema)s AND non_unique = 0"
        " AND table_name IN %(tables)s",
        {"schema": schema, "tables": tuple(KEYS)},
    )
    indexes: dict[tuple[str, str], set[str]] = {}
    for column in columns:
        indexes.setdefault((column["of_table"], column["of_index"]), set()).add(column["name"])
    return frozenset(table for (table, _), names in indexes.items() if names <= KEYS[table])
