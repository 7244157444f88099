"""`allow-retry` lets a first deployment that failed be tried again, and changes nothing else."""

from dataclasses import replace
from io import StringIO
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from infra.stages.stage import Stage, TrialDatabase
from infra.stages.values import LIVE, PILOT
from ops.command_line import make_parser
from ops.context import AccountContext
from ops.preflight.database_secrets import secret_names
from ops.target import NoTargetError
from ops.terminal import make_console

ACCOUNT = "123456789012"
CREATED = "2026-11-25T09:00:00Z"


def allow_retry(
    status: str,
    *,
    stage: Stage = LIVE,
    secrets: Any = None,  # noqa: ANN401 (boto3's)
) -> str:
    """Run the command; it may call only what is stubbed. Return what was printed."""
    clients: dict[str, Any] = {
        "sts": boto3.client("sts"),
        "cloudformation": boto3.client("cloudformation"),
        "secretsmanager": secrets,
    }
    printed = StringIO()
    context = AccountContext(stage=stage, client=clients.get, console=make_console(printed))
    arguments = make_parser().parse_args(["allow-retry"])
    stack = {"StackName": stage.stack_name, "StackStatus": status, "CreationTime": CREATED}
    with Stubber(clients["cloudformation"]) as stubber, Stubber(clients["sts"]) as identity:
        identity.add_response("get_caller_identity", {"Account": ACCOUNT})
        stubber.add_response("describe_stacks", {"Stacks": [stack]})
        stubber.add_response(
            "update_termination_protection",
            {"StackId": "a-stack"},
            {"StackName": stage.stack_name, "EnableTerminationProtection": False},
        )
        assert arguments.run_on_account(context, arguments) == 0
        if status in {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}:
            stubber.assert_no_pending_responses()
    return printed.getvalue()


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED"])
def test_a_failed_creation_may_be_deleted_by_the_next_deployment(status: str) -> None:
    assert status in allow_retry(status)


@pytest.mark.parametrize(
    "status", ["CREATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_IN_PROGRESS"]
)
def test_a_stack_that_was_ever_created_stays_protected(status: str) -> None:
    assert not allow_retry(status)


def test_the_secrets_that_a_failed_trial_left_free_their_names() -> None:
    trial = replace(PILOT, trial_database=TrialDatabase())
    first, second, *others = secret_names(trial)
    with mock_aws():
        secrets = boto3.client("secretsmanager")
        for name in (first, second):
            secrets.create_secret(Name=name, SecretString="{}")
        secrets.delete_secret(SecretId=first)
        allow_retry("ROLLBACK_COMPLETE", stage=trial, secrets=secrets)
        listed = secrets.list_secrets(IncludePlannedDeletion=True)["SecretList"]
    assert [each["Name"] for each in listed] == [second], "no secret in use is deleted"
    assert others


def test_the_stack_of_another_account_is_left_alone() -> None:
    with pytest.raises(NoTargetError):
        allow_retry("ROLLBACK_COMPLETE", stage=replace(LIVE, account="210987654321"))
