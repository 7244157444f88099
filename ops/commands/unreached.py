"""`unreached`: the absent students about whom nobody at home was told, for staff to ring."""

import argparse
from collections import Counter

from absence_texts.account import Told
from absence_texts.wording import counted
from ops.college_times import add_date_to, day_asked
from ops.context import CommandContext
from ops.day.listing import HEADINGS, counting, read_entries, staff_lines
from ops.listing import add_formats, say, show


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("unreached", help="the students about whom nobody was told")
    add_date_to(parser)
    add_formats(parser)
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """List them, those who have waited longest for news first."""
    day, form = day_asked(arguments.date, context.now), arguments.form
    counts: Counter[Told] = Counter()
    entries = counting(read_entries(context, day), counts)
    untold = (entry for entry in entries if entry.told is Told.NOT_TOLD)
    show(context.console, form, HEADINGS, staff_lines(untold, day))
    say(
        context.console,
        form,
        f"{day}: nobody at home was told about {counts[Told.NOT_TOLD]:,} of"
        f" {counted(counts.total(), 'absent student')}.",
    )
    return 0
