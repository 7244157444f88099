"""Reads the command line and opens the database.

A command is a file in `commands/`, or `command.py` in a folder of its own.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing

import boto3
from rich.console import Console

from absence_texts.database import Database, Timeouts, connect
from ops.commands import grants, migrate, pause, resend, resume, unreached
from ops.context import CommandContext, no_service
from ops.doctor import command as doctor
from ops.explain import command as explain
from ops.failures import run_or_tell
from ops.preview import command as preview
from ops.redrive import command as redrive
from ops.service import Service, local_service, service_of_function
from ops.target import Target, local_target, target_of_function, target_of_secret
from ops.terminal import make_console, speak_utf_8

COMMANDS = (explain, preview, unreached, resend, pause, resume, redrive, doctor, migrate, grants)
MIGRATION_TIMEOUTS = Timeouts(read=1800)
"""A migration of a large table takes its time."""


def main(words: Sequence[str] | None = None) -> int:
    arguments = make_parser().parse_args(words)
    speak_utf_8()
    console = make_console()
    return run_or_tell(console, lambda: _run(arguments, console))


def _run(arguments: argparse.Namespace, console: Console) -> int:
    if "run_without_database" in arguments:
        return int(arguments.run_without_database(choose_service(arguments), console))
    target = choose_target(arguments)
    with closing(_connect(target)) as database:
        context = CommandContext(
            database=database,
            settings=target.settings,
            clock=target.settings.clock,
            console=console,
            find_service=lambda: choose_service(arguments),
        )
        return int(arguments.run(context, arguments))


def _connect(target: Target) -> Database:
    return connect(
        target.credentials, timeouts=MIGRATION_TIMEOUTS, tls_ca=target.settings.database_tls_ca
    )


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ops", description="Works on the local stack unless a deployed one is named."
    )
    parser.add_argument("--function", help="a deployed stage's detection function: its settings")
    parser.add_argument(
        "--secret",
        help="a database secret, in place of the function's; alone, the settings are"
        " those of the environment",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in COMMANDS:
        command.add_to(commands)
    return parser


def choose_target(arguments: argparse.Namespace) -> Target:
    if arguments.function:
        functions, secrets = boto3.client("lambda"), boto3.client("secretsmanager")
        return target_of_function(
            arguments.function, functions, secrets, secret_id=arguments.secret
        )
    if arguments.secret:
        return target_of_secret(arguments.secret, boto3.client("secretsmanager"))
    return local_target()


def choose_service(arguments: argparse.Namespace) -> Service:
    """Return what is deployed around the database; raises NoTargetError."""
    if arguments.function:
        return service_of_function(arguments.function, boto3.Session())
    return no_service() if arguments.secret else local_service()


if __name__ == "__main__":
    sys.exit(main())
