"""`unreached`: the absent students about whom nobody at home was told, for staff to ring."""

import argparse

from absence_texts.account import Told
from absence_texts.wording import counted
from ops.college_times import add_date_to, day_asked
from ops.context import CommandContext
from ops.day.listing import HEADINGS, lines, read_entries
from ops.listing import add_formats, say, show


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("unreached", help="the students about whom nobody was told")
    add_date_to(parser)
    add_formats(parser)
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """List them, those who wait longest for news first."""
    day = day_asked(arguments.date, context.now)
    untold = [entry for entry in read_entries(context, day) if entry.told is Told.NOT_TOLD]
    heading = f"{day}: nobody at home was told about {counted(len(untold), 'absent student')}."
    say(context.console, arguments.form, heading)
    show(context.console, arguments.form, HEADINGS, lines(context, untold, day))
    return 0
