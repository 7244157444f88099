"""`receipts`: record the receipts of SNS's delivery logs again, from a time on."""

import argparse

from absence_texts.vocabulary import Count
from absence_texts.wording import counted
from ops.college_times import instant_asked
from ops.context import CommandContext
from record_delivery.log_sweep import LogSweep
from record_delivery.sns_delivery_log import both_groups


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("receipts", help="record the receipts that SNS logged, once more")
    parser.add_argument(
        "--since",
        nargs="+",
        metavar="TIME",
        required=True,
        help="college time, such as 11:35 or yesterday 11:35; SNS's lines are kept for a week",
    )
    parser.set_defaults(run=run, as_owner=True)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """Record those that are not recorded yet. Doing so again does no harm."""
    service, offset = context.find_service(), context.clock.offset
    sweep = LogSweep(
        database=context.database,
        logs=service.logs,
        groups=both_groups(service.delivery_logs),
        clock=context.clock,
    )
    since = instant_asked(arguments.since, context.now)
    counts = dict(sweep.read(since.utc - offset, context.now.utc - offset))
    found = counts.pop(Count.SWEPT, 0)
    context.console.print(f"{counted(found, 'receipt').capitalize()} had not been recorded.")
    for count in Count:
        if count in counts:
            context.console.print(f"{count.meaning}: {counts[count]}")
    return 0
