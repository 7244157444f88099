"""The college's tables: where they are, and what they offer."""

from dataclasses import dataclass

from absence_texts.database import Database, fetch_all


@dataclass(frozen=True, kw_only=True)
class Source:
    """The college's tables: the schema they live in, and whether links can hide attendance."""

    schema: str
    has_hide_attendance: bool

    def table(self, name: str) -> str:
        return f"`{self.schema}`.`{name}`"

    @property
    def links(self) -> str:
        if self.has_hide_attendance:
            return self.table("guardian_students")
        return (
            f"(SELECT links.*, 0 AS hide_attendance FROM {self.table('guardian_students')} links)"
        )


def find_source(database: Database, schema: str | None) -> Source:
    """Look at the college's tables, which are in `schema`, or in our own schema if it is None.

    "A source without the column counts as not set" (`attendance_shared`).
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
    return Source(schema=row["source"], has_hide_attendance=bool(row["hide_attendance"]))
