"""Checks that our migrations are applied, and that the tables they made are there."""

import re
from collections.abc import Iterator

from absence_texts.database import Database, fetch_all
from db.migrate import Migration, MigrationError, pending, read_migrations
from ops.doctor.finding import NOT_SEEN, OWNERS_SECRET, Finding

RECORDS = "schema_migrations"
_MADE = re.compile(r"(?m)^CREATE TABLE (\w+)")


def tables_made_by(migrations: list[Migration]) -> list[str]:
    return [name for migration in migrations for name in _MADE.findall(migration.statement)]


def check_migrations(database: Database) -> Iterator[Finding]:
    seen = {name for row in fetch_all(database, "SHOW TABLES", {}) for name in row.values()}
    if RECORDS not in seen:
        yield Finding(
            RECORDS,
            f"{NOT_SEEN}. If it is missing, our migrations are not applied: run python -m ops"
            f" migrate, or deploy. If not, {OWNERS_SECRET}.",
        )
        return
    try:
        waiting = pending(database)
    except MigrationError as error:
        yield Finding(RECORDS, str(error))
        return
    for migration in waiting:
        yield Finding(migration.name, "is not applied: run python -m ops migrate, or deploy.")
    yield from _check_tables(seen, read_migrations()[: -len(waiting) or None])


def _check_tables(seen: set[str], applied: list[Migration]) -> Iterator[Finding]:
    for table in tables_made_by(applied):
        if table not in seen:
            yield Finding(
                table,
                f"{NOT_SEEN}, though its migration is recorded. If it is missing, restore it from a"
                f" backup. If not, {OWNERS_SECRET}.",
            )
