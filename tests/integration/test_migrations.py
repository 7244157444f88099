"""Our tables reach a database once each, in order, whoever runs the migrations."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from absence_texts.database import Credentials, Database, connect, execute, fetch_all
from db.migrate import MIGRATIONS, MigrationError, migrate, read_migrations
from tests.support.schemas import scratch_schema

SCHEMA = "absence_texts_migrations"


@pytest.fixture
def own_schema(server: Credentials) -> Iterator[Credentials]:
    with closing(connect(server)) as database, scratch_schema(database, SCHEMA):
        yield replace(server, dbname=SCHEMA)


@pytest.fixture
def bare(own_schema: Credentials) -> Iterator[Database]:
    with closing(connect(own_schema)) as database:
        yield database


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "0001_first.sql").write_text("CREATE TABLE first (id INT);\n")
    (tmp_path / "0002_second.sql").write_text("CREATE TABLE second (id INT);\n")
    return tmp_path


def tables(database: Database) -> set[str]:
    rows = fetch_all(database, "SHOW TABLES", {})
    return {name for row in rows for name in row.values()} - {"schema_migrations"}


def test_all_our_migrations_apply_in_order(bare: Database) -> None:
    names = [path.stem for path in sorted(MIGRATIONS.glob("*.sql"))]
    assert migrate(bare) == names
    assert tables(bare) >= {"absence_texts", "pastoral_logs", "absence_decisions"}


def test_each_migration_is_applied_once(bare: Database, files: Path) -> None:
    assert migrate(bare, files) == ["0001_first", "0002_second"]
    assert migrate(bare, files) == []


def test_what_was_applied_is_recorded(bare: Database, files: Path) -> None:
    migrate(bare, files)
    rows = fetch_all(bare, "SELECT * FROM schema_migrations ORDER BY number", {})
    assert [(row["number"], row["name"]) for row in rows] == [(1, "0001_first"), (2, "0002_second")]
    assert [row["sha256"] for row in rows] == [each.sha256 for each in read_migrations(files)]
    assert all(row["applied_at"] for row in rows)


def test_of_two_runners_at_once_one_applies_and_the_other_finds_nothing_to_do(
    own_schema: Credentials, files: Path
) -> None:
    def run(_number: int) -> list[str]:
        with closing(connect(own_schema)) as database:
            return migrate(database, files)

    with ThreadPoolExecutor(2) as pool:
        applied = sorted(pool.map(run, range(2)))
    assert applied == [[], ["0001_first", "0002_second"]]


def test_a_migration_that_was_changed_after_it_was_applied_is_refused(
    bare: Database, files: Path
) -> None:
    migrate(bare, files)
    (files / "0001_first.sql").write_text("CREATE TABLE first (id BIGINT);\n")
    with pytest.raises(MigrationError, match="0001_first was changed after it was applied"):
        migrate(bare, files)


@pytest.mark.parametrize(
    ("gone", "complaint"),
    [
        ("0001_first.sql", r"0002_second\.sql: number 0001 was expected"),
        ("0002_second.sql", "0002_second was applied here, but this release has no such file"),
    ],
)
def test_a_missing_file_is_refused(bare: Database, files: Path, gone: str, complaint: str) -> None:
    migrate(bare, files)
    (files / gone).unlink()
    with pytest.raises(MigrationError, match=complaint):
        migrate(bare, files)


@pytest.mark.parametrize("name", ["0004_gap.sql", "0002_twice.sql", "3_short.sql", "0003-dash.sql"])
def test_a_wrong_number_or_name_is_refused(files: Path, name: str) -> None:
    (files / name).write_text("SELECT 1")
    with pytest.raises(MigrationError, match=r"number 000|name it 000"):
        read_migrations(files)


def test_a_migration_that_the_server_refuses_can_be_put_right(bare: Database, files: Path) -> None:
    broken = files / "0003_third.sql"
    broken.write_text("CREATE TABEL third (id INT);\n")
    with pytest.raises(MigrationError, match="0003_third failed"):
        migrate(bare, files)
    broken.write_text("CREATE TABLE third (id INT);\n")
    assert migrate(bare, files) == ["0003_third"]


def test_a_migration_whose_end_was_not_recorded_is_left_to_a_person(
    bare: Database, files: Path
) -> None:
    migrate(bare, files)
    execute(bare, "UPDATE schema_migrations SET applied_at = NULL WHERE number = 2", {})
    with pytest.raises(MigrationError, match="0002_second was begun"):
        migrate(bare, files)


def test_two_statements_in_a_file_are_refused_before_the_first_is_run(
    bare: Database, files: Path
) -> None:
    (files / "0003_two.sql").write_text("CREATE TABLE a (id INT); CREATE TABLE b (id INT);\n")
    with pytest.raises(MigrationError, match=r"0003_two failed: .*Nothing was changed"):
        migrate(bare, files)
    assert tables(bare) == {"first", "second"}


def test_what_a_broken_connection_leaves_is_left_to_a_person(bare: Database, files: Path) -> None:
    (files / "0003_kill.sql").write_text("KILL CONNECTION_ID()")
    with pytest.raises(MigrationError, match="not known whether it was applied"):
        migrate(bare, files)


def test_the_lock_is_free_again_after_a_failure(
    bare: Database, own_schema: Credentials, files: Path
) -> None:
    (files / "0003_third.sql").write_text("nonsense")
    with pytest.raises(MigrationError):
        migrate(bare, files)
    (files / "0003_third.sql").write_text("CREATE TABLE third (id INT)")
    with closing(connect(own_schema)) as another:
        assert migrate(another, files) == ["0003_third"]
