"""`preflight`: what would stop a stage's deployment, or its first text."""

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
)

from infra.stages.stage import Stage
from ops.context import AccountContext
from ops.deployed_stage import describe_stack
from ops.preflight.account import Account
from ops.preflight.answer import Answer, Sign, not_known, right, wrong
from ops.preflight.database import ask_database
from ops.preflight.database_secrets import ask_secrets
from ops.preflight.delivery_logs import ask_delivery_logs
from ops.preflight.deployment import (
    ask_bootstrap,
    ask_certificate,
    ask_concurrency,
    ask_region,
    ask_stack,
)
from ops.preflight.sms import ask_sandbox, ask_sender_id, ask_spend
from ops.terminal import print_plainly

type Question = Callable[[Account], Iterable[Answer]]

QUESTIONS: Mapping[str, Question] = {
    "region": ask_region,
    "stack": ask_stack,
    "bootstrap": ask_bootstrap,
    "Lambda's concurrency": ask_concurrency,
    "certificate": ask_certificate,
    "SMS sandbox": ask_sandbox,
    "sender id": ask_sender_id,
    "spend quota": ask_spend,
    "delivery logs": ask_delivery_logs,
    "secrets": ask_secrets,
    "database": ask_database,
}
_CREDENTIALS = "credentials"
_LOG_IN = "https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-authentication.html"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("preflight", help="what would stop a deployment or its first text")
    parser.set_defaults(run_on_account=run)


def run(context: AccountContext, _: argparse.Namespace) -> int:
    """Print an answer to every question; the exit code is 1 if something is wrong."""
    answers = list(answers_of(context.stage, context.client))
    for each in answers:
        print_plainly(context.console, f"{each.sign} {each.subject}: {each.says}")
        if each.mend:
            # Alone on its line, so that a command can be copied.
            print_plainly(context.console, f"    {each.mend}")
    return int(any(each.sign is Sign.WRONG for each in answers))


def answers_of(
    stage: Stage,
    client: Callable[[str], Any],
    questions: Mapping[str, Question] = QUESTIONS,
) -> Iterator[Answer]:
    try:
        account_id = client("sts").get_caller_identity()["Account"]
    except (EndpointConnectionError, ConnectTimeoutError, HTTPClientError) as error:
        yield wrong(_CREDENTIALS, f"AWS can't be reached: {error}", "mend the network route")
        return
    except (BotoCoreError, ClientError) as error:
        yield wrong(_CREDENTIALS, f"AWS does not accept them: {error}", _LOG_IN)
        return
    yield decide_credentials(stage, account_id)
    if stage.account not in {None, account_id}:
        return
    try:
        stack = describe_stack(stage, client("cloudformation"))
    except (BotoCoreError, ClientError) as error:
        yield _refused("stack", error)
        stack = None
    account = Account(
        stage=stage,
        account_id=account_id,
        client=client,
        stack_status=stack.status if stack else None,
        outputs=stack.outputs if stack else {},
    )
    for subject, ask in questions.items():
        yield from _answer(subject, ask, account)


def decide_credentials(stage: Stage, account_id: str) -> Answer:
    if stage.account and account_id != stage.account:
        says = f"are of account {account_id}, and stage {stage.name} belongs to {stage.account}"
        return wrong(_CREDENTIALS, says, _LOG_IN)
    if not stage.account:
        says = f"are of account {account_id}; any other account's would be accepted too"
        return wrong(_CREDENTIALS, says, f'account="{account_id}" in infra/stages/values.py')
    return right(_CREDENTIALS, f"are of account {account_id}, which is the stage's")


def _answer(subject: str, ask: Question, account: Account) -> list[Answer]:
    try:
        return list(ask(account))
    except (BotoCoreError, ClientError) as error:
        return [_refused(subject, error)]


def _refused(subject: str, error: Exception) -> Answer:
    return not_known(subject, f"AWS does not say: {error}", "ask as an administrator")
