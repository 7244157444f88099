"""`doctor`: what is wrong with the database, or with its data."""

import argparse
from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from absence_texts.clock import Clock
from ops.college_times import as_of, day_asked, parse_date
from ops.context import CommandContext
from ops.doctor.data_check import check_data, count_marks, what_was_checked
from ops.doctor.finding import Finding, Weight
from ops.doctor.migrations_check import check_migrations
from ops.doctor.schema_check import check_schema
from ops.doctor.server_check import check_server
from ops.terminal import make_table


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("doctor", help="what is wrong with the database or its data")
    parser.add_argument("--date", type=parse_date, help="whose data to check; today if left out")
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """Print what was found; the exit code is 1 when a fault is among it."""
    findings = [
        *check_server(context.database, Clock(context.now.zone).now()),
        *check_migrations(context.database),
    ]
    colleges = list(check_schema(context.database, context.source.schema))
    findings += colleges
    if _has_fault(colleges):
        told = "Not checked: the day's data, until the college's tables are right."
    else:
        moment = as_of(day_asked(arguments.date, context.now), context.now)
        marks = count_marks(context, moment)
        findings += check_data(context, moment, marks)
        told = what_was_checked(context, moment, marks)
    context.console.print(_table(findings) if findings else "✓ The database and its data are fit.")
    context.console.print(told)
    return int(_has_fault(findings))


def _has_fault(findings: Iterable[Finding]) -> bool:
    return any(found.weight is Weight.FAULT for found in findings)


def _table(findings: Iterable[Finding]) -> Table:
    table = make_table("", "where", "what")
    for found in findings:
        sign = Text("✗", "red") if found.weight is Weight.FAULT else Text("!", "yellow")
        table.add_row(sign, found.subject, found.says)
    return table
