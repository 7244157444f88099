"""A schema with the college's tables and none of ours, its users, and a release to deploy."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from absence_texts.database import Credentials, Database, connect
from db.migrate import read_migrations
from db.source.sample_schema import create_college_tables
from tests.integration.migrate_database.deploying import SECRET
from tests.support.aws_account import clear_cached_parameters
from tests.support.database_users import database_users
from tests.support.schemas import scratch_schema

SCHEMA = "absence_texts_deployed"


@pytest.fixture
def owners(server: Credentials) -> Iterator[Database]:
    """Yield a connection of the schema's owner, before the first deployment."""
    with closing(connect(server)) as database, scratch_schema(database, SCHEMA):
        database.select_db(SCHEMA)
        create_college_tables(database)
        yield database


@pytest.fixture
def logins(server: Credentials, owners: Database) -> Iterator[Mapping[str, Credentials]]:
    with database_users(owners, replace(server, dbname=SCHEMA)) as logins:
        yield logins


@pytest.fixture
def migrators(logins: Mapping[str, Credentials]) -> Iterator[Database]:
    with closing(connect(logins["migrate_database"])) as database:
        yield database


@pytest.fixture
def secret(
    logins: Mapping[str, Credentials], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., None]]:
    """Store the migrations' login in the secret; yield a function that changes a field of it."""
    with mock_aws():
        client = boto3.client("secretsmanager")
        client.create_secret(Name=SECRET)
        monkeypatch.setenv("DATABASE_SECRET_ID", SECRET)

        def keep(**changed: str | int) -> None:
            login = asdict(logins["migrate_database"]) | changed
            client.put_secret_value(SecretId=SECRET, SecretString=json.dumps(login))
            clear_cached_parameters()

        keep()
        yield keep


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Return a directory with the migrations of today's release, to which a test adds."""
    for migration in read_migrations():
        (tmp_path / f"{migration.name}.sql").write_text(migration.statement)
    return tmp_path
