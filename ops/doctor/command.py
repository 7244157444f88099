"""`doctor`: what is wrong with the database, or with a day's data."""

import argparse
from collections.abc import Iterable

from rich.text import Text

from absence_texts.clock import Clock
from absence_texts.wording import counted
from ops.college_times import as_of, day_asked, parse_date
from ops.context import CommandContext
from ops.doctor.data_check import check_data, count_marks, describe_marks
from ops.doctor.finding import Finding, Severity
from ops.doctor.migrations_check import check_migrations
from ops.doctor.proof.play import prove
from ops.doctor.proof.statement_log import StatementLog
from ops.doctor.schema_check import check_schema
from ops.doctor.server_check import check_server
from ops.doctor.session_check import check_sessions
from ops.terminal import make_table


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("doctor", help="what is wrong with the database or its data")
    parser.add_argument("--date", type=parse_date, help="the day to check; today if left out")
    parser.add_argument(
        "--prove",
        action="store_true",
        help="play every statement of the service in a scratch schema on this server",
    )
    parser.set_defaults(run=run, as_owner=True)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """Print what was found; the exit code is 1 if there is a fault."""
    if arguments.prove:
        return _prove(context)
    findings = [
        *check_server(context.database, Clock(context.now.zone).now()),
        *check_migrations(context.database),
    ]
    of_college = list(check_schema(context.database, context.source.schema))
    findings += of_college
    if _has_fault(of_college):
        checked = "Not checked: the day's data, until the college's tables are right."
    else:
        moment = as_of(day_asked(arguments.date, context.now), context.now)
        marks = count_marks(context, moment)
        findings += check_data(context, moment, marks)
        findings += check_sessions(context, context.now)
        checked = describe_marks(context, moment, marks)
    _print(context, findings)
    context.console.print(checked)
    return int(_has_fault(findings))


def _prove(context: CommandContext) -> int:
    log = StatementLog()
    findings = list(prove(context.database, context.open_schema, log))
    _print(context, findings)
    context.console.print(f"Played: {counted(len(set(log.run)), 'statement')}.")
    return int(_has_fault(findings))


def _has_fault(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.FAULT for finding in findings)


def _print(context: CommandContext, findings: list[Finding]) -> None:
    if not findings:
        context.console.print("✓ No fault was found in the database or its data.")
        return
    rows = ((_SIGNS[finding.severity], finding.subject, finding.message) for finding in findings)
    context.console.print(make_table(("", "where", "what"), rows))


_SIGNS = {Severity.FAULT: Text("✗", "red"), Severity.NOTE: Text("!", "yellow")}
