"""`migrate`: apply our numbered migrations that the database does not have yet."""

import argparse

from db.migrate import MigrationError, migrate
from ops.desk import Desk


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("migrate", help="apply the migrations that are new")
    parser.set_defaults(run=run)


def run(desk: Desk, _: argparse.Namespace) -> int:
    try:
        applied = migrate(desk.database)
    except MigrationError as error:
        desk.console.print(str(error))
        return 1
    for name in applied:
        desk.console.print(f"applied {name}")
    desk.console.print("The database is up to date.")
    return 0
