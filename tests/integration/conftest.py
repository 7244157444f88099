"""A real MariaDB for the whole run, and for each test a connection to empty tables."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from absence_texts.database import Credentials, Database, connect
from db.migrate import migrate
from local import mariadb
from local.college import create_college_tables

_KEPT = "schema_migrations"


@pytest.fixture(scope="session")
def server(run_files: Path) -> Iterator[Credentials]:
    """Run a MariaDB, whose user may create schemas whose names begin with `absence_texts`."""
    with mariadb.running(run_files / "mariadb") as credentials:
        yield credentials


@pytest.fixture(scope="session")
def _tables(server: Credentials) -> list[str]:
    with closing(connect(server)) as database:
        create_college_tables(database)
        migrate(database)
        with database.cursor() as cursor:
            cursor.execute("SHOW TABLES")
            names = [next(iter(row.values())) for row in cursor.fetchall()]
    return [name for name in names if name != _KEPT]


@pytest.fixture
def credentials(server: Credentials, _tables: list[str]) -> Credentials:
    """Credentials of a schema with the college's tables and ours, all of them empty."""
    with closing(connect(server)) as database:
        _empty(database, _tables)
    return server


@pytest.fixture
def database(credentials: Credentials) -> Iterator[Database]:
    with closing(connect(credentials)) as connection:
        yield connection


def _empty(database: Database, tables: list[str]) -> None:
    """Delete all rows, which takes 2 ms where truncating takes 100."""
    with database.cursor() as cursor:
        cursor.execute("SET foreign_key_checks = 0, innodb_lock_wait_timeout = 5")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
