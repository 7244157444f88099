"""`doctor`: what is wrong with the database, or with its data."""

import argparse
from collections.abc import Iterator

from rich.text import Text

from absence_texts.clock import Clock
from ops.college_times import as_of, parse_date
from ops.data_check import check_data
from ops.desk import Desk
from ops.finding import Finding, Weight
from ops.schema_check import check_schema
from ops.server_check import check_server
from ops.terminal import make_table


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("doctor", help="what is wrong with the database or its data")
    parser.add_argument("--date", type=parse_date, help="whose data to check; today if left out")
    parser.set_defaults(run=run)


def run(desk: Desk, arguments: argparse.Namespace) -> int:
    """Print what was found; the exit code is 1 when a fault is among it."""
    findings = list(_findings(desk, arguments))
    table = make_table("", "where", "what")
    for found in findings:
        sign = Text("✗", "red") if found.weight is Weight.FAULT else Text("!", "yellow")
        table.add_row(sign, found.subject, found.says)
    desk.console.print(table if findings else "✓ The database and its data are fit.")
    return int(any(found.weight is Weight.FAULT for found in findings))


def _findings(desk: Desk, arguments: argparse.Namespace) -> Iterator[Finding]:
    yield from check_server(desk.database, Clock(desk.now.zone).now())
    faults_of_schema = list(check_schema(desk.database, desk.source.schema))
    yield from faults_of_schema
    if not any(found.weight is Weight.FAULT for found in faults_of_schema):
        yield from check_data(desk, as_of(arguments.date or desk.now.today, desk.now))
