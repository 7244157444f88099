"""The command line: every command in its group, and the words that a shell can complete.

A command is a module in `commands/`, or `command.py` in a folder of its own.
"""

import argparse
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import shtab

from infra.stages.values import LOCAL, STAGES
from ops.commands import (
    allow_retry,
    grants,
    migrate,
    pause,
    receipts,
    release,
    resend,
    resume,
    sms_settings,
    unreached,
)
from ops.day import command as day
from ops.doctor import command as doctor
from ops.explain import command as explain
from ops.preflight import command as preflight
from ops.preview import command as preview
from ops.reach import command as reach
from ops.redrive import command as redrive
from ops.status import command as status

GROUPS = {
    "Today": (day, unreached, status, explain),
    "Sending": (release, pause, resume, resend, redrive, receipts, preview),
    "Before term": (reach, doctor),
    "Set-up": (preflight, allow_retry, migrate, grants, sms_settings),
}
_STAGE: Any = {"choices": tuple(STAGES), "help": "the stage to work on: local if left out"}
COMMANDS = tuple(chain.from_iterable(GROUPS.values()))


def name_of(command: ModuleType) -> str:
    """Return what is typed: the module's own name, or the name of its folder."""
    *_, folder, name = command.__name__.split(".")
    return (folder if name == "command" else name).replace("_", "-")


_HEADINGS = {name_of(first): group for group, (first, *_) in GROUPS.items()}


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ops",
        description="Works on the local stack, or on the stage that you name.",
        formatter_class=_HelpByGroup,
    )
    parser.add_argument("--stage", default=LOCAL.name, **_STAGE)
    parser.add_argument(
        "--stack", type=Path, help="the directory of a local stack, if more than one runs"
    )
    parser.add_argument(
        "--secret", help="a database secret to use instead of the one that the command needs"
    )
    parser.add_argument(
        "--completion",
        choices=("bash", "zsh"),
        action=_PrintCompletion,
        help="print the lines that let this shell complete commands and options",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in COMMANDS:
        command.add_to(commands)
    for command_parser in commands.choices.values():
        # The stage may be typed after the command too.
        command_parser.add_argument("--stage", default=argparse.SUPPRESS, **_STAGE)
    return parser


class _HelpByGroup(argparse.HelpFormatter):
    """Lists the commands in groups, which argparse has no public way to do."""

    def _format_action(self, action: argparse.Action) -> str:
        group = _HEADINGS.get(str(action.metavar))
        heading = f"\n  {group}:\n" if group else ""
        return heading + super()._format_action(action)


class _PrintCompletion(argparse.Action):
    """Prints a function `ops`, because a shell completes the name of a command, and no module."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        _namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        _option: str | None = None,
    ) -> None:
        parser.prog = "ops"
        sys.stdout.write('ops() { python -m ops "$@"; }\n')
        sys.stdout.write(shtab.complete(parser, str(values)))
        parser.exit()
