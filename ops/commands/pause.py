"""`pause`: stop all sending."""

import argparse

from absence_texts.parameter_store import PAUSE_SEEN_WITHIN_SECONDS, Sending
from ops.context import SwitchContext
from ops.operator_actions import OperatorAction, add_why_to


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "pause",
        help=f"stop all sending within {PAUSE_SEEN_WITHIN_SECONDS} seconds, without the database",
    )
    add_why_to(parser)
    parser.set_defaults(run_without_database=run)


def run(context: SwitchContext, arguments: argparse.Namespace) -> int:
    if context.service.switch_sending(Sending.PAUSED):
        context.console.print(
            f"Sending stops within {PAUSE_SEEN_WITHIN_SECONDS} seconds, and texts leave until then."
            " The others wait until `resume`; those whose sending window or day ends first are"
            " cancelled."
        )
        context.record(OperatorAction.PAUSE, arguments.why)
    else:
        context.console.print("Sending was paused already.")
    return 0
