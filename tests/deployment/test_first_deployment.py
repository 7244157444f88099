"""A first deployment that fails is tried again, as docs/operations/deploy.md says."""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from infra.stages.values import LIVE
from local import database_server, ministack
from local.parallel_steps import run_in_parallel
from local.processes import ProcessError, stop_all
from ops.commands import allow_retry
from ops.context import AccountContext
from ops.preflight.answer import Sign
from ops.preflight.command import answers_of
from ops.terminal import make_console
from tests.deployment.account import Account
from tests.deployment.releases import todays, with_a_refused_migration


@pytest.fixture
def account(run_files: Path) -> Iterator[Account]:
    directory = run_files / "first"
    directory.mkdir()
    made = Account(directory, ministack.choose_address(), database_server.new_credentials())
    try:
        yield made
    finally:
        stop_all(directory)


def test_a_first_deployment_that_failed_is_found_by_preflight_and_can_be_repeated(
    account: Account,
) -> None:
    refused, right = (make(account.directory) for make in (with_a_refused_migration, todays))
    run_in_parallel(
        [account.set_up, refused.synthesize, right.synthesize], directory=account.directory
    )
    client = partial(ministack.session().client, endpoint_url=account.address)
    with pytest.raises(ProcessError, match="refused failed"):
        account.deploy(refused)
    assert account.status() == "ROLLBACK_COMPLETE"
    with pytest.raises(ProcessError, match="TerminationProtection"):
        account.deploy(right)
    (stack,) = (each for each in answers_of(LIVE, client) if each.subject == "stack")
    assert stack.sign is Sign.WRONG
    assert stack.mend.endswith("allow-retry")
    allow_retry.run(
        AccountContext(stage=LIVE, client=client, console=make_console()), argparse.Namespace()
    )
    assert account.deploy(right)["ApiAddress"]
    assert account.status() == "CREATE_COMPLETE"
