"""Reads the command line, finds the service to work on and opens its database."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

import boto3
from rich.console import Console

from absence_texts.database import Credentials, Database, Timeouts, connect
from infra.stages.values import LOCAL, STAGES
from local import ministack
from ops.command_line import make_parser
from ops.context import AccountContext, CommandContext, SwitchContext
from ops.deployed_stage import DeployedStage
from ops.failures import KNOWN, run_or_tell, sentence_about
from ops.identity import NOT_LONG
from ops.operator_actions import OperatorAction, record
from ops.target import LocalStack, NoTargetError, Target
from ops.terminal import make_console, print_as_utf_8

MIGRATION_TIMEOUTS = Timeouts(read=1800)
"""A migration of a large table may take half an hour."""


class OpenSession(Protocol):
    def __call__(self, *, region_name: str) -> boto3.Session: ...


def main(words: Sequence[str] | None = None) -> int:
    arguments = make_parser().parse_args(words)
    print_as_utf_8()
    console = make_console()
    try:
        code = run_or_tell(console, lambda: _run(arguments, console))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe, such as `head`, has read enough. Python would write the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def choose_target(
    arguments: argparse.Namespace, open_session: OpenSession = boto3.Session
) -> Target:
    """Return the service that the command line names; raises NoTargetError."""
    if arguments.stage == LOCAL.name:
        return _local_stack(arguments)
    if arguments.stack:
        raise NoTargetError("Name a local stack or a stage on AWS, not both.")
    stage = STAGES[arguments.stage]
    return DeployedStage.find(
        stage,
        open_session(region_name=stage.region),
        as_owner=_needs_owner(arguments),
        secret_name=arguments.secret,
    )


def _local_stack(arguments: argparse.Namespace) -> LocalStack:
    return LocalStack.read(arguments.stack) if arguments.stack else LocalStack.find()


def _needs_owner(arguments: argparse.Namespace) -> bool:
    """Say whether detection's database user may not do what the command does."""
    return "as_owner" in arguments or bool(getattr(arguments, "export", False))


def _run(arguments: argparse.Namespace, console: Console) -> int:
    if "run_on_account" in arguments:
        stage = STAGES[arguments.stage]
        account = AccountContext(stage=stage, client=_client_maker(arguments), console=console)
        return int(arguments.run_on_account(account, arguments))
    target = choose_target(arguments)
    if "run_without_database" in arguments:
        switch = SwitchContext(
            service=target.service,
            console=console,
            record=partial(record_or_tell, target, console),
        )
        return int(arguments.run_without_database(switch, arguments))
    with closing(_connect(target, target.credentials)) as database:
        context = CommandContext(
            database=database,
            settings=target.settings,
            clock=target.settings.clock,
            console=console,
            open_schema=partial(_open_schema, target),
            find_service=lambda: target.service,
            find_operator=lambda: target.operator,
        )
        return int(arguments.run(context, arguments))


def _client_maker(arguments: argparse.Namespace) -> Callable[[str], Any]:
    """Return a maker of clients of the stage's account, or of the local stack's MiniStack."""
    if arguments.stage == LOCAL.name:
        return partial(
            ministack.session().client,
            endpoint_url=_local_stack(arguments).stack.ministack_address,
        )
    session = boto3.Session(region_name=STAGES[arguments.stage].region)
    return partial(session.client, config=NOT_LONG)


def record_or_tell(
    target: Target, console: Console, action: OperatorAction, why: str | None
) -> None:
    """Record what was done already. The database may be away, and then nothing is recorded."""
    try:
        with closing(_connect(target, target.credentials, timeouts=Timeouts())) as database:
            now = target.settings.clock.now()
            record(database, action, now, by=target.operator, why=why)
    except KNOWN as error:
        console.print(f"Who did this is not recorded. {sentence_about(error)}")


def _open_schema(target: Target, schema: str, *, eager: bool) -> Database:
    return _connect(target, replace(target.credentials, dbname=schema), eager=eager)


def _connect(
    target: Target,
    credentials: Credentials,
    *,
    eager: bool = False,
    timeouts: Timeouts = MIGRATION_TIMEOUTS,
) -> Database:
    return connect(
        credentials,
        timeouts=timeouts,
        tls_ca=target.settings.database_tls_ca,
        eager=eager,
    )


if __name__ == "__main__":
    sys.exit(main())
