"""The CDK's command line updates the live stage from the previous commit, and removes it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.migrate import read_migrations
from local import database_server, ministack
from local.parallel_steps import run_in_parallel
from local.portal.proxy import ask
from local.processes import ProcessError, stop_all
from tests.deployment.account import Account
from tests.deployment.releases import (
    NoHistoryError,
    Release,
    previous,
    todays,
    with_a_refused_migration,
)


@dataclass(frozen=True)
class Updated:
    """The account after today's release has been deployed over the previous one."""

    account: Account
    todays: Release
    refused: Release
    before: set[tuple[str, str]]
    """What the account held before the first deployment."""
    outputs: Mapping[str, str]
    no_history: str


@pytest.fixture(scope="module")
def updated(run_files: Path) -> Iterator[Updated]:
    directory = run_files / "live"
    directory.mkdir()
    account = Account(directory, ministack.choose_address(), database_server.new_credentials())
    new, refused = todays(directory), with_a_refused_migration(directory)
    try:
        first, no_history = previous(directory), ""
    except NoHistoryError as reason:
        first, no_history = new, str(reason)
    synthesized = {release.name: release for release in (first, new, refused)}.values()
    try:
        run_in_parallel(
            [account.set_up, *(release.synthesize for release in synthesized)], directory=directory
        )
        before = account.holds()
        account.pause(account.deploy(first)["SendingParameter"])
        outputs = account.deploy(new)
        yield Updated(account, new, refused, before, outputs, no_history)
    finally:
        stop_all(directory)


def test_what_it_is_updated_from_is_the_previous_commit(updated: Updated) -> None:
    if updated.no_history:
        pytest.skip(f"only deployed twice: {updated.no_history}")


def test_an_update_keeps_what_ops_paused(updated: Updated) -> None:
    assert updated.account.parameter(updated.outputs["SendingParameter"]) == "paused"


def test_an_update_has_applied_every_migration(updated: Updated) -> None:
    applied = updated.account.select("SELECT name FROM schema_migrations WHERE applied_at > 0")
    assert {row["name"] for row in applied} == {each.name for each in read_migrations()}


def test_a_refused_migration_fails_the_deployment_and_leaves_the_old_code_answering(
    updated: Updated,
) -> None:
    changed = updated.account.last_changes()
    number = len(read_migrations()) + 1
    with pytest.raises(ProcessError, match=rf"{number:04}_refused failed: You have an error in"):
        updated.account.deploy(updated.refused)
    assert updated.account.status() == "UPDATE_ROLLBACK_COMPLETE"
    now = updated.account.last_changes()
    assert [name for name in now if now[name] != changed[name]] in ([], [_migrator(now)])
    answer = ask(updated.outputs["ApiAddress"], "GET", "/recordabsencelink.aspx", {})
    assert answer.status == 302


def _migrator(functions: Iterable[str]) -> str:
    (name,) = (name for name in functions if "MigrateDatabase" in name)
    return name


def test_it_is_protected_from_removal_and_then_leaves_what_is_kept_on_purpose(
    updated: Updated,
) -> None:
    account = updated.account
    with pytest.raises(ProcessError, match="TerminationProtection"):
        account.destroy(updated.todays)
    account.allow_removal()
    account.stop_timers()
    account.destroy(updated.todays)
    left = account.holds() - updated.before
    tables = {("table", name) for kind, name in left if kind == "table"}
    assert ("table", "absence_texts") in tables
    packages = {(kind, name) for kind, name in left if kind.startswith("cdk-hnb659fds-assets")}
    assert left - tables - packages == set()
