"""`pause`: stop all sending."""

from typing import TYPE_CHECKING

from rich.console import Console

from absence_texts.parameter_store import PAUSE_SEEN_WITHIN_SECONDS, Sending
from ops.service import Service
from ops.switch import turn

if TYPE_CHECKING:
    import argparse


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("pause", help="stop all sending, at once and without the database")
    parser.set_defaults(run_without_database=run)


def run(service: Service, console: Console) -> int:
    if turn(service, Sending.PAUSED):
        console.print(
            f"Sending stops within {PAUSE_SEEN_WITHIN_SECONDS} seconds. Texts wait for `resume`, "
            "while their day and the sending window last."
        )
    else:
        console.print("Sending was paused already.")
    return 0
