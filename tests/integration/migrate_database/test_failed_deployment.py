"""A deployment that can't migrate fails, and says which migration, why, and what to do."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from absence_texts.database import Credentials, Database, fetch_all
from local.loopback import HOST, free_port
from tests.integration.migrate_database.deploying import (
    REFUSED,
    add,
    applied,
    create,
    update,
    wanted,
)


@pytest.mark.usefixtures("secret")
def test_a_refused_migration_fails_the_deployment_and_says_which_why_and_what_to_do(
    owners: Database, release: Path
) -> None:
    new = add(release, REFUSED)
    outcome = create(release)
    assert outcome["Status"] == "FAILED"
    assert re.match(rf"{new} failed: You have an error in your SQL syntax", outcome["Reason"])
    assert outcome["Reason"].endswith("Nothing was changed: put that right, and try again.")
    assert new not in applied(owners)


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
    # A logger of this name's first use: it writes to where this test reads.
    assert create(release, logger="unexpected")["Reason"] == (
        "The migrations failed with ValidationError: see the function's log."
    )
    assert "database_secret_id" in capsys.readouterr().out
