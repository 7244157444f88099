"""`migrate`: apply our numbered migrations that the database lacks."""

import argparse

from db.migrate import migrate
from ops.context import CommandContext


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("migrate", help="apply the migrations that the database lacks")
    parser.set_defaults(run=run, as_owner=True)


def run(context: CommandContext, _: argparse.Namespace) -> int:
    for name in migrate(context.database):
        context.console.print(f"applied {name}")
    context.console.print("The database is up to date.")
    return 0
