"""A deployment's call on a real server: the answer, and what the database holds after it."""

import importlib
from pathlib import Path

import pytest

from absence_texts.custom_resource import SUCCESS
from absence_texts.database import Database
from db.migrate import MIGRATIONS
from tests.integration.migrate_database.deploying import add, applied, create, update, wanted
from tests.support.cloudformation import listening
from tests.support.lambda_runtime import Context


@pytest.mark.usefixtures("secret")
def test_the_first_deployment_makes_our_tables(owners: Database, release: Path) -> None:
    assert create(release) == SUCCESS
    assert applied(owners) == [path.stem for path in sorted(MIGRATIONS.glob("*.sql"))]


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
def test_cloudformation_gets_the_answer_under_one_name_for_good(release: Path) -> None:
    handler = importlib.import_module("migrate_database.handler").handler
    with listening() as cloudformation:
        handler(cloudformation.event("Create", wanted(release)), Context())
        handler(cloudformation.event("Delete", wanted(release)), Context())
    assert [answer["Status"] for answer in cloudformation.answers] == ["SUCCESS"] * 2
    assert {answer["PhysicalResourceId"] for answer in cloudformation.answers} == {"migrations"}
