"""doctor: what is wrong with the server, and with our own tables."""

import pytest

from absence_texts.database import Database, execute, fetch_all
from db.migrate import read_migrations
from db.source.tables import SAMPLE
from ops.doctor.migrations_check import RECORDS, check_migrations
from ops.doctor.our_tables import columns_made_by, normal_type
from tests.integration.ops.conftest import CommandLine, cells


def findings(ops: CommandLine, words: str = "doctor") -> dict[str, tuple[str, str]]:
    """Return the sign and the message of each finding, by what it is about."""
    return {where: (sign, message) for sign, where, message in cells(ops(words))}


def test_the_isolation_level_is_checked(database: Database, ops: CommandLine) -> None:
    execute(database, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", {})
    assert "REPEATABLE-READ" in findings(ops)["isolation"][1]


def test_a_lax_sql_mode_is_named(database: Database, ops: CommandLine) -> None:
    execute(database, "SET SESSION sql_mode = ''", {})
    assert "sql_mode" in findings(ops)


def test_a_migration_that_is_not_applied_is_named(database: Database, ops: CommandLine) -> None:
    newest = fetch_all(database, "SELECT * FROM schema_migrations ORDER BY number", {})[-1]
    execute(database, "DELETE FROM schema_migrations WHERE number = %(number)s", newest)
    found = findings(ops)
    execute(
        database,
        "INSERT INTO schema_migrations VALUES (%(number)s, %(name)s, %(sha256)s, %(applied_at)s)",
        newest,
    )
    assert "python -m ops migrate" in found[newest["name"]][1]


def test_a_migration_that_broke_off_is_told(database: Database, ops: CommandLine) -> None:
    execute(database, "UPDATE schema_migrations SET applied_at = NULL WHERE number = 1", {})
    found = findings(ops)
    execute(database, "UPDATE schema_migrations SET applied_at = UTC_TIMESTAMP()", {})
    assert read_migrations()[0].name in found[RECORDS][1]


@pytest.mark.parametrize("table", columns_made_by(read_migrations()))
def test_one_of_our_tables_that_is_gone_is_named(
    database: Database, ops: CommandLine, table: str
) -> None:
    execute(database, f"RENAME TABLE {table} TO gone", {})
    found = findings(ops)
    execute(database, f"RENAME TABLE gone TO {table}", {})
    assert found.keys() == {table}
    assert ops.code == 1


def test_our_tables_columns_are_those_that_the_migrations_make(database: Database) -> None:
    """Whatever a migration changes in words that `columns_made_by` does not read shows up here."""
    made = columns_made_by(read_migrations())
    for table, columns in made.items():
        live = fetch_all(database, f"SHOW COLUMNS FROM {table}", {})
        assert {row["Field"]: normal_type(row["Type"]) for row in live} == columns, table


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        ("MODIFY reason VARCHAR(20) NULL", "absence_texts.reason"),
        ("MODIFY attempts SMALLINT NOT NULL DEFAULT 0", "absence_texts.attempts"),
        ("DROP COLUMN would_send_at", "absence_texts.would_send_at"),
    ],
)
def test_a_column_of_ours_that_was_changed_by_hand_is_named(
    database: Database, change: str, subject: str
) -> None:
    """In a schema of its own, because a change of a table commits at once."""
    own = fetch_all(database, "SELECT DATABASE() AS name", {})[0]["name"]
    other = f"{own}_changed"
    execute(database, f"DROP SCHEMA IF EXISTS {other}", {})
    execute(database, f"CREATE SCHEMA {other}", {})
    try:
        for table in (*columns_made_by(read_migrations()), RECORDS):
            execute(database, f"CREATE TABLE {other}.{table} LIKE {own}.{table}", {})
        execute(database, f"INSERT INTO {other}.{RECORDS} SELECT * FROM {own}.{RECORDS}", {})
        database.select_db(other)
        assert list(check_migrations(database)) == []
        execute(database, f"ALTER TABLE absence_texts {change}", {})
        assert [finding.subject for finding in check_migrations(database)] == [subject]
    finally:
        database.select_db(own)
        execute(database, f"DROP SCHEMA {other}", {})


def test_our_tables_are_those_that_the_migrations_make(database: Database) -> None:
    found = {name for row in fetch_all(database, "SHOW TABLES", {}) for name in row.values()}
    ours = found - {table.table for table in SAMPLE} - {RECORDS}
    assert ours == set(columns_made_by(read_migrations()))


def test_a_database_without_our_migrations_is_told_once(
    database: Database, ops: CommandLine
) -> None:
    execute(database, "RENAME TABLE schema_migrations TO gone", {})
    found = findings(ops)
    execute(database, "RENAME TABLE gone TO schema_migrations", {})
    assert found.keys() == {RECORDS}


def test_migrate_on_a_migrated_database_changes_nothing(ops: CommandLine) -> None:
    before = fetch_all(ops.database, "SELECT * FROM schema_migrations", {})
    ops("migrate")
    assert ops.code == 0
    assert fetch_all(ops.database, "SELECT * FROM schema_migrations", {}) == before
