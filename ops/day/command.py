"""`day`: about which absent students somebody at home was told, and why not about the others."""

import argparse

from absence_texts.account import Told
from absence_texts.wording import counted
from ops.college_times import add_date_to, day_asked
from ops.context import CommandContext
from ops.day.listing import HEADINGS, count_students, lines, read_entries
from ops.listing import add_formats, say, show


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("day", help="who was told about each absent student, and who not")
    add_date_to(parser)
    add_formats(parser)
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    day = day_asked(arguments.date, context.now)
    entries = read_entries(context, day)
    counts = count_students(entries)
    heading = (
        f"{day}: {counted(len(entries), 'absent student')}. Somebody at home was told about"
        f" {counts[Told.TOLD]:,}, the news is on its way about {counts[Told.ON_ITS_WAY]:,}, and"
        f" nobody was told about {counts[Told.NOT_TOLD]:,}."
    )
    say(context.console, arguments.form, heading)
    show(context.console, arguments.form, HEADINGS, lines(context, entries, day))
    return 0
