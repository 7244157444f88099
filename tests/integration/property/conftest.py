"""The kinds of tables on which a generated day is played."""

from collections.abc import Iterator

import pytest

from absence_texts.database import Credentials, Database
from tests.integration.property.tables import ID_TYPES, CollegeTables, Views, view_schemas, views


@pytest.fixture
def tables(database: Database) -> CollegeTables:
    return CollegeTables(database)


@pytest.fixture(scope="session")
def _writer(server: Credentials) -> Iterator[Database]:
    with view_schemas(server) as writer:
        yield writer


@pytest.fixture
def signed_views(database: Database, _writer: Database) -> Views:
    return views(database, _writer, ID_TYPES[0])


@pytest.fixture
def unsigned_views(database: Database, _writer: Database) -> Views:
    return views(database, _writer, ID_TYPES[1])
