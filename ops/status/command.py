"""`status`: whether the service is running, and whether sending is on."""

import argparse

from ops.context import CommandContext
from ops.held_texts import held_sentences
from ops.status.sentences import status_sentences
from ops.status.service_status import read_status
from ops.terminal import print_plainly


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("status", help="whether the service is running, and sending is on")
    parser.add_argument("--json", action="store_true", help="for a program to read")
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    status = read_status(context)
    if arguments.json:
        print_plainly(context.console, status.model_dump_json(indent=2))
        return 0
    for sentence in (*held_sentences(context), *status_sentences(status, context.now)):
        print_plainly(context.console, sentence)
    return 0
