"""`resume`: send the texts that wait."""

import argparse

from absence_texts.parameter_store import Sending
from ops.context import SwitchContext
from ops.operator_actions import OperatorAction, add_why_to


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("resume", help="send the texts that wait")
    add_why_to(parser)
    parser.set_defaults(run_without_database=run)


def run(context: SwitchContext, arguments: argparse.Namespace) -> int:
    if context.service.switch_sending(Sending.ON):
        context.console.print("Sending is on: the next run queues the texts that waited.")
        context.record(OperatorAction.RESUME, arguments.why)
    else:
        context.console.print("Sending was on already.")
    return 0
