"""`preview`: the texts that a run at some instant would claim. It changes nothing."""

import argparse
from collections.abc import Iterator

from absence_texts.clock import CollegeTime
from absence_texts.wording import clock_time, counted
from ops.college_times import instant_asked
from ops.context import CommandContext
from ops.listing import Form, add_formats, say, show
from ops.preview.comparison import Comparison, compare
from ops.preview.expected_texts import ExpectedText, read_only, would_be_claimed
from ops.preview.rows import (
    DIFFERENCE_HEADINGS,
    no_longer_expected_row,
    not_sent_row,
    would_be_claimed_row,
)
from ops.text_rows import RECIPIENT_HEADINGS


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("preview", help="the texts that a run would claim, unclaimed")
    parser.add_argument(
        "--as-of",
        nargs="+",
        metavar="TIME",
        help="college time, such as 11:35 or yesterday 11:35; now if left out",
    )
    parser.add_argument(
        "--compare", action="store_true", help="compare with the texts that were sent that day"
    )
    add_formats(parser)
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    now, form = context.now, arguments.form
    moment = instant_asked(arguments.as_of, now)
    with read_only(context.database):
        if arguments.compare:
            _print_comparison(context, form, moment, compare(context, moment))
        else:
            _print_preview(context, form, moment, would_be_claimed(context, moment))
    if moment.instant < now.instant:
        say(context.console, form, "This is by the registers and the ledger as they are now.")
    return 0


def _print_preview(
    context: CommandContext, form: Form, moment: CollegeTime, texts: list[ExpectedText]
) -> None:
    say(
        context.console,
        form,
        f"A run at {_shown(moment)} would claim {counted(len(texts), 'text')}.",
    )
    for line in _window_notes(context, moment) if texts else ():
        say(context.console, form, line)
    show(context.console, form, RECIPIENT_HEADINGS, map(would_be_claimed_row, texts))


def _window_notes(context: CommandContext, moment: CollegeTime) -> Iterator[str]:
    settings = context.settings
    if settings.window_has_closed(moment):
        closed = f"{settings.sending_window_closes:%H:%M}"
        yield f"The sending window closed at {closed}: the run would cancel these texts at once."
    elif not settings.window_is_open(moment):
        yield f"These texts would wait until {settings.sending_window_opens:%H:%M}."


def _print_comparison(
    context: CommandContext, form: Form, moment: CollegeTime, found: Comparison
) -> None:
    say(
        context.console,
        form,
        f"By {_shown(moment)} there should be {counted(len(found.expected), 'text')};"
        f" {counted(len(found.sent), 'text')} left.",
    )
    rows = [not_sent_row(text, row, moment) for text, row in found.not_sent]
    rows += [no_longer_expected_row(row, instead) for row, instead in found.no_longer_expected]
    show(context.console, form, DIFFERENCE_HEADINGS, rows)


def _shown(moment: CollegeTime) -> str:
    return f"{moment.today} {clock_time(moment.wall_clock)}"
