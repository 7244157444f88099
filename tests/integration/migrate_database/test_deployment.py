"""A deployment's call, on a real MariaDB: what is answered, and what the database then holds."""

import importlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import boto3
import pytest
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities import parameters
from moto import mock_aws

from absence_texts.custom_resource import SUCCESS, Outcome
from absence_texts.database import Credentials, Database, execute, fetch_all
from db.migrate import MIGRATIONS, read_migrations
from local.loopback import HOST, free_port
from migrate_database.deployment import migrate_for
from migrate_database.request import Wanted
from tests.cloudformation import listening
from tests.lambda_runtime import Context

_SECRET = "absence-texts/test/migrate_database"  # noqa: S105 (its name)
_REFUSED = "CREATE TABEL refused (id INT)"

type Deploy = Callable[..., Outcome]


@pytest.fixture
def secret(
    logins: Mapping[str, Credentials], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., None]]:
    """Keep the migrations' login in the secret; yield what changes a field of it."""
    with mock_aws():
        client = boto3.client("secretsmanager")
        client.create_secret(Name=_SECRET)
        monkeypatch.setenv("DATABASE_SECRET_ID", _SECRET)

        def keep(**changed: str | int) -> None:
            login = asdict(logins["migrate_database"]) | changed
            client.put_secret_value(SecretId=_SECRET, SecretString=json.dumps(login))
            parameters.clear_caches()  # type: ignore[no-untyped-call]  # Powertools left it untyped

        keep()
        yield keep


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Return a directory of migrations: those of today's release, to which a test adds."""
    for migration in read_migrations():
        (tmp_path / f"{migration.name}.sql").write_text(migration.statement)
    return tmp_path


def add(release: Path, statement: str) -> str:
    number = len(read_migrations(release)) + 1
    name = f"{number:04}_new"
    (release / f"{name}.sql").write_text(statement)
    return name


def wanted(release: Path) -> Mapping[str, Any]:
    return Wanted.of(_SECRET, read_migrations(release)).properties


def create(release: Path) -> Outcome:
    event = {"RequestType": "Create", "ResourceProperties": wanted(release)}
    return migrate_for(event, Logger("test"), release)


def update(release: Path, *, before: Mapping[str, Any], code: Path | None = None) -> Outcome:
    event = {
        "RequestType": "Update",
        "ResourceProperties": wanted(release),
        "OldResourceProperties": before,
    }
    return migrate_for(event, Logger("test"), code or release)


def applied(database: Database) -> list[str]:
    rows = fetch_all(database, "SELECT name FROM schema_migrations ORDER BY number", {})
    return [row["name"] for row in rows]


@pytest.mark.usefixtures("secret")
def test_the_first_deployment_makes_our_tables(owners: Database, release: Path) -> None:
    assert create(release) == SUCCESS
    assert applied(owners) == [path.stem for path in sorted(MIGRATIONS.glob("*.sql"))]


@pytest.mark.usefixtures("secret")
def test_two_statements_in_a_file_are_refused_on_deploy_too(
    owners: Database, release: Path
) -> None:
    create(release)
    before, already = wanted(release), applied(owners)
    comment = "ALTER TABLE pastoral_logs COMMENT = 'new'"
    name = add(release, f"{comment}; {comment}")
    outcome = update(release, before=before)
    assert outcome["Status"] == "FAILED"
    assert f"{name} failed: You have an error in your SQL syntax" in outcome["Reason"]
    assert applied(owners) == already


@pytest.mark.usefixtures("secret")
def test_a_deployment_that_is_repeated_changes_nothing(owners: Database, release: Path) -> None:
    create(release)
    before = applied(owners)
    assert create(release) == SUCCESS
    assert applied(owners) == before


@pytest.mark.usefixtures("secret")
def test_an_update_applies_what_is_new(owners: Database, release: Path) -> None:
    create(release)
    before = wanted(release)
    new = add(release, "ALTER TABLE pastoral_logs ADD COLUMN tried INT NULL")
    assert update(release, before=before) == SUCCESS
    assert applied(owners)[-1] == new


@pytest.mark.usefixtures("secret")
def test_a_refused_migration_fails_the_deployment_and_says_which_why_and_what_to_do(
    owners: Database, release: Path
) -> None:
    new = add(release, _REFUSED)
    outcome = create(release)
    assert outcome["Status"] == "FAILED"
    assert re.match(rf"{new} failed: You have an error in your SQL syntax", outcome["Reason"])
    assert outcome["Reason"].endswith("Nothing was changed: put that right, and try again.")
    assert new not in applied(owners)


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("code_goes_back_first", [True, False])
def test_undoing_a_failed_update_succeeds_whichever_code_is_asked(
    release: Path, tmp_path_factory: pytest.TempPathFactory, *, code_goes_back_first: bool
) -> None:
    create(release)
    before = wanted(release)
    broken = tmp_path_factory.mktemp("broken")
    for path in release.iterdir():
        (broken / path.name).write_text(path.read_text())
    (broken / "0001_absence_texts.sql").write_text("SELECT 'changed after it was applied'")
    assert update(broken, before=before)["Status"] == "FAILED"
    code = release if code_goes_back_first else broken
    assert update(release, before=wanted(broken), code=code) == SUCCESS


def test_going_back_needs_no_database(secret: Callable[..., None], release: Path) -> None:
    previous = wanted(release)
    add(release, _REFUSED)
    later = wanted(release)
    secret(port=free_port())
    event = {
        "RequestType": "Update",
        "ResourceProperties": previous,
        "OldResourceProperties": later,
    }
    assert migrate_for(event, Logger("test")) == SUCCESS


@pytest.mark.usefixtures("secret")
def test_a_release_older_than_the_database_is_not_deployed_afresh(release: Path) -> None:
    new = add(release, "ALTER TABLE pastoral_logs ADD COLUMN tried INT NULL")
    create(release)
    (release / f"{new}.sql").unlink()
    assert f"{new} was applied here, but this release has no" in create(release)["Reason"]


@pytest.mark.usefixtures("secret")
def test_where_people_alone_change_tables_it_fails_until_they_did(
    owners: Database, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIGRATES_ON_DEPLOY", "False")
    outcome = create(release)
    assert outcome["Reason"] == (
        "0001_absence_texts is not applied: run `python -m ops migrate` first."
    )
    assert not fetch_all(owners, "SHOW TABLES LIKE 'absence_texts'", {})


def test_a_server_that_cannot_be_reached_is_named_and_no_password_is(
    secret: Callable[..., None], release: Path, logins: Mapping[str, Credentials]
) -> None:
    secret(port=free_port())
    outcome = create(release)
    assert outcome["Status"] == "FAILED"
    assert f"Can't connect to MySQL server on '{HOST}'" in outcome["Reason"]
    assert logins["migrate_database"].password not in outcome["Reason"]


def test_a_wrong_password_is_told_and_not_shown(secret: Callable[..., None], release: Path) -> None:
    secret(password="correct horse")  # noqa: S106 (no user's)
    reason = create(release)["Reason"]
    assert "Access denied for user 'migrate_database'" in reason
    assert "horse" not in reason


@pytest.mark.usefixtures("logins")
def test_whatever_else_goes_wrong_is_answered_and_written_down(
    release: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_SECRET_ID", raising=False)
    event = {"RequestType": "Create", "ResourceProperties": wanted(release)}
    outcome = migrate_for(event, Logger("unexpected"), release)
    assert outcome["Reason"] == (
        "The migrations failed with ValidationError: see the function's log."
    )
    assert "database_secret_id" in capsys.readouterr().out


@pytest.mark.usefixtures("secret")
def test_a_stack_that_is_removed_leaves_the_tables(owners: Database, release: Path) -> None:
    create(release)
    execute(
        owners, "INSERT INTO absence_decisions VALUES (1, 1, 1, NOW(), 'has_mobile', NOW())", {}
    )
    event = {"RequestType": "Delete", "ResourceProperties": wanted(release)}
    assert migrate_for(event, Logger("test")) == SUCCESS
    assert fetch_all(owners, "SELECT * FROM absence_decisions", {})


@pytest.mark.usefixtures("secret")
def test_cloudformation_gets_the_answer_under_one_name_for_good(release: Path) -> None:
    handler = importlib.import_module("migrate_database.handler").handler
    with listening() as cloudformation:
        handler(cloudformation.event("Create", wanted(release)), Context())
        handler(cloudformation.event("Delete", wanted(release)), Context())
    assert [answer["Status"] for answer in cloudformation.answers] == ["SUCCESS"] * 2
    assert {answer["PhysicalResourceId"] for answer in cloudformation.answers} == {"migrations"}
