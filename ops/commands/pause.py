"""`pause`: stop all sending."""

from typing import TYPE_CHECKING

from rich.console import Console

from absence_texts.parameter_store import PAUSE_SEEN_WITHIN_SECONDS, Sending
from ops.service import Service

if TYPE_CHECKING:
    import argparse


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "pause",
        help=f"stop all sending within {PAUSE_SEEN_WITHIN_SECONDS} seconds, without the database",
    )
    parser.set_defaults(run_without_database=run)


def run(service: Service, console: Console) -> int:
    if service.switch_sending(Sending.PAUSED):
        console.print(
            f"Sending stops within {PAUSE_SEEN_WITHIN_SECONDS} seconds, and texts leave until then."
            " The others wait until `resume`; those whose sending window or day ends first are"
            " cancelled."
        )
    else:
        console.print("Sending was paused already.")
    return 0
