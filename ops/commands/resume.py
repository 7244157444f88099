"""`resume`: let the texts that wait go out."""

from typing import TYPE_CHECKING

from rich.console import Console

from absence_texts.parameter_store import Sending
from ops.service import Service
from ops.switch import turn

if TYPE_CHECKING:
    import argparse


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("resume", help="let the texts that wait go out")
    parser.set_defaults(run_without_database=run)


def run(service: Service, console: Console) -> int:
    if turn(service, Sending.ON):
        console.print("Sending is on: the next run queues the texts that waited.")
    else:
        console.print("Sending was on already.")
    return 0
