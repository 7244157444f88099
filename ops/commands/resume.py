"""`resume`: send the texts that wait."""

from typing import TYPE_CHECKING

from rich.console import Console

from absence_texts.parameter_store import Sending
from ops.service import Service

if TYPE_CHECKING:
    import argparse


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("resume", help="send the texts that wait")
    parser.set_defaults(run_without_database=run)


def run(service: Service, console: Console) -> int:
    if service.switch_sending(Sending.ON):
        console.print("Sending is on: the next run queues the texts that waited.")
    else:
        console.print("Sending was on already.")
    return 0
