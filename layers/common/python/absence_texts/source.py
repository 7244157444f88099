"""The college's tables: where they are, and what they offer."""

import re
from dataclasses import dataclass

from absence_texts.database import Database, fetch_all

KEYS: dict[str, tuple[str, ...]] = {
    "students": ("student_id",),
    "lessons": ("lesson_id",),
    "register_marks": ("lesson_id", "student_id"),
    "guardians": ("guardian_id",),
    "guardian_students": ("guardian_id", "student_id"),
}
"""The columns that name one row of a table."""
OPTIONAL_TABLES = ("reported_absences",)
"""What a college may lack."""
_SCHEMA = "COALESCE(%(schema)s, DATABASE())"
_TABLE = re.compile(r"\bsource\.(\w+)")


@dataclass(frozen=True, kw_only=True)
class Source:
    """The college's tables: the schema they are in, and what of the data contract they have."""

    schema: str
    columns: frozenset[str]
    """Such as `guardian_students.hide_attendance`."""
    settings: frozenset[str] = frozenset()
    """The optional settings of the stage that are set: a criterion of one is asked only then."""
    unique_tables: frozenset[str] = frozenset()
    """The tables whose key the server itself keeps unique. A view's key is never known."""

    def table(self, name: str) -> str:
        return f"`{self.schema}`.`{name}`"

    def resolve(self, sql: str) -> str:
        """Put the real tables where the SQL says `source.lessons` and the like."""
        return _TABLE.sub(lambda found: self.table(found[1]), sql)


def find_source(
    database: Database, schema: str | None, settings: frozenset[str] = frozenset()
) -> Source:
    """Find the college's tables in `schema`, or in our own schema if it is None."""
    rows = fetch_all(
        database,
        f"SELECT {_SCHEMA} AS source, NULL AS of_table, NULL AS name UNION ALL"
        f" SELECT {_SCHEMA}, table_name, column_name FROM information_schema.columns"
        f" WHERE table_schema = {_SCHEMA} AND table_name IN %(tables)s",
        {"schema": schema, "tables": (*KEYS, *OPTIONAL_TABLES)},
    )
    found = rows[0]["source"]
    return Source(
        schema=found,
        # A server compares names of columns without regard to case.
        columns=frozenset(
            f"{row['of_table']}.{row['name']}".lower() for row in rows if row["name"]
        ),
        settings=settings,
        unique_tables=_unique_tables(database, found),
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
    return frozenset(table for (table, _), names in indexes.items() if names <= set(KEYS[table]))
