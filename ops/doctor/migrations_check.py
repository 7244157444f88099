"""Checks that our migrations are applied and that our tables have the columns they made."""

from collections import defaultdict
from collections.abc import Iterator

from absence_texts.database import Database, fetch_all
from db.migrate import MigrationError, pending, read_migrations
from ops.doctor.finding import NOT_SEEN, OWNERS_SECRET, Finding
from ops.doctor.our_tables import Columns, columns_made_by, normal_type

RECORDS = "schema_migrations"


def check_migrations(database: Database) -> Iterator[Finding]:
    live = _read_columns(database)
    if RECORDS not in live:
        yield Finding(
            RECORDS,
            f"{NOT_SEEN}. If it is missing, our migrations are not applied: run python -m ops"
            f" migrate, or deploy. Otherwise {OWNERS_SECRET}.",
        )
        return
    try:
        waiting = pending(database)
    except MigrationError as error:
        yield Finding(RECORDS, str(error))
        return
    for migration in waiting:
        yield Finding(migration.name, "is not applied: run python -m ops migrate, or deploy.")
    applied = read_migrations()[: -len(waiting) or None]
    yield from _check_tables(live, columns_made_by(applied))


def _check_tables(live: dict[str, Columns], made: dict[str, Columns]) -> Iterator[Finding]:
    for table, columns in made.items():
        if table not in live:
            yield Finding(
                table,
                f"{NOT_SEEN}, though its migration is recorded. If it is missing, restore it from a"
                f" backup. Otherwise {OWNERS_SECRET}.",
            )
            continue
        for column, column_type in columns.items():
            yield from _check_column(f"{table}.{column}", live[table].get(column), column_type)


def _check_column(subject: str, live: str | None, made: str) -> Iterator[Finding]:
    if live is None:
        yield Finding(subject, f"{NOT_SEEN}: our migrations made it as {made.upper()}.")
    elif live != made:
        message = f"is {live.upper()}: our migrations made it as {made.upper()}. Change it back."
        yield Finding(subject, message)


def _read_columns(database: Database) -> dict[str, Columns]:
    """Return the columns of every table of our own schema that this user may see."""
    rows = fetch_all(
        database,
        "SELECT table_name AS name, column_name AS col, column_type AS type"
        " FROM information_schema.columns WHERE table_schema = DATABASE()",
        {},
    )
    columns: defaultdict[str, Columns] = defaultdict(dict)
    for row in rows:
        columns[row["name"]][row["col"]] = normal_type(_text(row["type"]))
    return dict(columns)


def _text(value: str | bytes) -> str:
    """MySQL returns some columns of information_schema as bytes."""
    return value.decode() if isinstance(value, bytes) else value
