"""`doctor`: what is wrong with the database, or with its data."""

import argparse
from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from absence_texts.clock import Clock
from ops.college_times import as_of, day_asked, parse_date
from ops.data_check import check_data, count_marks, what_was_checked
from ops.desk import Desk
from ops.finding import Finding, Weight
from ops.migrations_check import check_migrations
from ops.schema_check import check_schema
from ops.server_check import check_server
from ops.terminal import make_table


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("doctor", help="what is wrong with the database or its data")
    parser.add_argument("--date", type=parse_date, help="whose data to check; today if left out")
    parser.set_defaults(run=run)


def run(desk: Desk, arguments: argparse.Namespace) -> int:
    """Print what was found; the exit code is 1 when a fault is among it."""
    findings = [
        *check_server(desk.database, Clock(desk.now.zone).now()),
        *check_migrations(desk.database),
    ]
    colleges = list(check_schema(desk.database, desk.source.schema))
    findings += colleges
    if _has_fault(colleges):
        told = "Not checked: the day's data, until the college's tables are right."
    else:
        moment = as_of(day_asked(arguments.date, desk.now), desk.now)
        marks = count_marks(desk, moment)
        findings += check_data(desk, moment, marks)
        told = what_was_checked(desk, moment, marks)
    desk.console.print(_table(findings) if findings else "✓ The database and its data are fit.")
    desk.console.print(told)
    return int(_has_fault(findings))


def _has_fault(findings: Iterable[Finding]) -> bool:
    return any(found.weight is Weight.FAULT for found in findings)


def _table(findings: Iterable[Finding]) -> Table:
    table = make_table("", "where", "what")
    for found in findings:
        sign = Text("✗", "red") if found.weight is Weight.FAULT else Text("!", "yellow")
        table.add_row(sign, found.subject, found.says)
    return table
