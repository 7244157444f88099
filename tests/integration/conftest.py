"""A real database server for the whole run, and for each test a connection to empty tables."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from absence_texts.database import Credentials, Database, connect, execute
from db.migrate import migrate
from db.source.sample_schema import create_college_tables
from local import database_server
from tests.support.college import College
from tests.support.tables import empty


@pytest.fixture(scope="session")
def server(run_files: Path) -> Iterator[Credentials]:
    """Run the server; its user may create schemas whose names begin with `absence_texts`."""
    with database_server.running(run_files / "server") as credentials:
        yield credentials


@pytest.fixture(scope="session")
def _admin(server: Credentials) -> Iterator[Database]:
    """Keep one connection, which empties the tables: opening one takes longer than that."""
    with closing(connect(server)) as database:
        create_college_tables(database)
        migrate(database)
        execute(database, "SET foreign_key_checks = 0, innodb_lock_wait_timeout = 5", {})
        yield database


@pytest.fixture
def credentials(server: Credentials, _admin: Database) -> Credentials:
    """Return credentials of a schema with the college's tables and ours, all of them empty."""
    empty(_admin)
    return server


@pytest.fixture
def database(credentials: Credentials) -> Iterator[Database]:
    with closing(connect(credentials)) as connection:
        yield connection


@pytest.fixture
def college(database: Database) -> College:
    return College(database)
