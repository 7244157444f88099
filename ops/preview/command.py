"""`preview`: the texts that a run at some instant would claim. It changes nothing."""

import argparse
from collections.abc import Iterator

from rich.text import Text

from absence_texts.clock import CollegeTime
from absence_texts.database import Row
from absence_texts.wording import clock_time, counted
from ops.college_times import from_utc, instant_asked, parse_time
from ops.context import CommandContext
from ops.masking import masked
from ops.preview.comparison import Comparison, compare
from ops.preview.expected_texts import ExpectedText, read_only, would_be_claimed
from ops.terminal import make_table
from ops.text_rows import RECIPIENT_HEADINGS, recipient_cells


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("preview", help="the texts that a run would claim, unclaimed")
    parser.add_argument(
        "--as-of", type=parse_time, help="college time, today or with a date; now if left out"
    )
    parser.add_argument(
        "--compare", action="store_true", help="compare with the texts that were sent that day"
    )
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    now = context.now
    moment = instant_asked(arguments.as_of, now)
    with read_only(context.database):
        if arguments.compare:
            _print_comparison(context, moment, compare(context, moment))
        else:
            _print_preview(context, moment, would_be_claimed(context, moment))
    if moment.instant < now.instant:
        context.console.print("This is by the registers and the ledger as they are now.")
    return 0


def _print_preview(context: CommandContext, moment: CollegeTime, texts: list[ExpectedText]) -> None:
    context.console.print(f"A run at {_shown(moment)} would claim {counted(len(texts), 'text')}.")
    if texts:
        for line in _window_notes(context, moment):
            context.console.print(line)
        context.console.print(make_table(RECIPIENT_HEADINGS, map(_cells, texts)))


def _window_notes(context: CommandContext, moment: CollegeTime) -> Iterator[str]:
    settings = context.settings
    if settings.window_has_closed(moment):
        closed = f"{settings.sending_window_closes:%H:%M}"
        yield f"The sending window closed at {closed}: the run would cancel these texts at once."
    elif not settings.window_is_open(moment):
        yield f"These texts would wait until {settings.sending_window_opens:%H:%M}."


def _print_comparison(context: CommandContext, moment: CollegeTime, comparison: Comparison) -> None:
    context.console.print(
        f"By {_shown(moment)} there should be {counted(len(comparison.expected), 'text')};"
        f" {counted(len(comparison.sent), 'text')} left."
    )
    if not_sent := comparison.not_sent:
        context.console.print(Text("Not sent", "bold"))
        rows = ((*_cells(text), *_state_cells(row, moment)) for text, row in not_sent)
        context.console.print(make_table((*RECIPIENT_HEADINGS, "state", "reason"), rows))
    if no_longer_expected := comparison.no_longer_expected:
        context.console.print(Text("Sent, and would not be sent now", "bold"))
        rows = ((*recipient_cells(row), _instead(text)) for row, text in no_longer_expected)
        context.console.print(make_table((*RECIPIENT_HEADINGS, "now"), rows))


def _cells(text: ExpectedText) -> tuple[str, ...]:
    return text.reference, clock_time(text.starts_at), str(text.guardian_id), masked(text.mobile)


def _state_cells(text: Row | None, moment: CollegeTime) -> tuple[str, str]:
    """Return the text's present state, and when it left if that was after the moment."""
    if text is None:
        return "no text", ""
    if text["sent_at"]:
        sent_at = from_utc(text["sent_at"], moment.zone)
        return text["state"], f"sent {clock_time(sent_at, moment.today)}"
    return text["state"], text["reason"] or ""


def _instead(text: ExpectedText | None) -> str:
    return f"about the lesson at {clock_time(text.starts_at)}" if text else "no text"


def _shown(moment: CollegeTime) -> str:
    return f"{moment.today} {clock_time(moment.wall_clock)}"
