"""`doctor`: what is wrong with the database, or with a day's data."""

import argparse
from collections.abc import Iterable

from absence_texts.clock import Clock
from absence_texts.wording import counted
from ops.college_times import add_date_to, as_of, day_asked
from ops.context import CommandContext
from ops.doctor.data_check import check_data, count_marks, describe_marks
from ops.doctor.finding import HEADINGS, Finding, Severity, finding_row
from ops.doctor.marks_of_no_day import check_marks_of_no_day
from ops.doctor.migrations_check import check_migrations
from ops.doctor.proof.play import prove
from ops.doctor.proof.statement_log import StatementLog
from ops.doctor.reports_check import check_reports
from ops.doctor.schema_check import check_schema
from ops.doctor.server_check import check_server
from ops.doctor.session_check import check_sessions
from ops.listing import Form, add_formats, say, show


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("doctor", help="what is wrong with the database or its data")
    add_date_to(parser)
    parser.add_argument(
        "--prove",
        action="store_true",
        help="play every statement of the service in a scratch schema on this server",
    )
    add_formats(parser)
    parser.set_defaults(run=run, as_owner=True)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """Print what was found; the exit code is 1 if there is a fault."""
    if arguments.prove:
        return _prove(context, arguments.form)
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
        findings += check_marks_of_no_day(context, moment)
        findings += check_reports(context)
        findings += check_sessions(context, context.now)
        checked = describe_marks(context, moment, marks)
    _print(context, arguments.form, findings)
    say(context.console, arguments.form, checked)
    return int(_has_fault(findings))


def _prove(context: CommandContext, form: Form) -> int:
    log = StatementLog()
    findings = list(prove(context.database, context.open_schema, log))
    _print(context, form, findings)
    say(context.console, form, f"Played: {counted(len(set(log.run)), 'statement')}.")
    return int(_has_fault(findings))


def _has_fault(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.FAULT for finding in findings)


def _print(context: CommandContext, form: Form, findings: list[Finding]) -> None:
    if not findings:
        say(context.console, form, "✓ No fault was found in the database or its data.")
    show(context.console, form, HEADINGS, map(finding_row, findings))
