"""The functions' users of the test database, and connections of each."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing

import pytest

from absence_texts.database import Credentials, Database, connect
from tests.support.database_users import Connect, database_users


@pytest.fixture
def users(database: Database, credentials: Credentials) -> Iterator[Mapping[str, Credentials]]:
    with database_users(database, credentials) as logins:
        yield logins


@pytest.fixture
def connect_as(users: Mapping[str, Credentials]) -> Iterator[Connect]:
    with ExitStack() as opened:
        yield lambda user: opened.enter_context(closing(connect(users[user])))
