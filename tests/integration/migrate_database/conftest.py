"""A schema of the college's tables, without any of ours, and its users."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace

import pytest

from absence_texts.database import Credentials, Database, connect, execute
from local.college import create_college_tables
from tests.database_users import database_users

SCHEMA = "absence_texts_deployed"


@pytest.fixture
def owners(server: Credentials) -> Iterator[Database]:
    """Yield the connection of whoever owns the schema, before the first deployment."""
    with closing(connect(server)) as database:
        execute(database, f"CREATE DATABASE {SCHEMA} CHARACTER SET utf8mb4", {})
        database.select_db(SCHEMA)
        create_college_tables(database)
        yield database
        execute(database, f"DROP DATABASE {SCHEMA}", {})


@pytest.fixture
def logins(server: Credentials, owners: Database) -> Iterator[Mapping[str, Credentials]]:
    with database_users(owners, replace(server, dbname=SCHEMA)) as logins:
        yield logins


@pytest.fixture
def migrators(logins: Mapping[str, Credentials]) -> Iterator[Database]:
    with closing(connect(logins["migrate_database"])) as database:
        yield database
