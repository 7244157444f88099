"""A schema of the college's tables, without any of ours, and its users."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace

import pytest

from absence_texts.database import Credentials, Database, connect, execute
from local.college import create_college_tables
from local.database_users import create_users, new_logins
from local.loopback import HOST

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
    users = new_logins(replace(server, dbname=SCHEMA))
    create_users(owners, users.values())
    yield users
    for user in users:
        execute(owners, f"DROP USER '{user}'@'{HOST}'", {})


@pytest.fixture
def migrators(logins: Mapping[str, Credentials]) -> Iterator[Database]:
    with closing(connect(logins["migrate_database"])) as database:
        yield database
