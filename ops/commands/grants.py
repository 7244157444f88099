"""`grants`: print the SQL that gives each function's database user its rights, and no more."""

import argparse

from absence_texts.database import fetch_one
from db.grants import USERS, statements
from db.source.tables import OPTIONAL
from ops.context import CommandContext
from ops.terminal import print_plainly


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("grants", help="print the SQL for the functions' database users")
    parser.add_argument("--host", default="%", help="where the functions connect from: 10.0.%%")
    parser.add_argument("--prefix", default="", help="start of one stage's user names: pilot_")
    parser.add_argument(
        "--no-ddl", action="store_true", help="if no deployment of the stage may change a table"
    )
    parser.set_defaults(run=run, as_owner=True)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    row = fetch_one(context.database, "SELECT DATABASE() AS name", {}) or {}
    source = context.source
    for user in USERS:
        for statement in statements(
            user,
            account=f"'{arguments.prefix}{user}'@'{arguments.host}'",
            ours=row["name"],
            source=source.schema,
            lacking=OPTIONAL - source.columns,
            migrator_checks_only=arguments.no_ddl,
        ):
            print_plainly(context.console, f"{statement};")
    return 0
