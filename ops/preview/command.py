"""`preview`: who would be texted by a run at some instant; nothing is touched."""

import argparse
from collections.abc import Iterable, Iterator

from rich.text import Text

from absence_texts.clock import CollegeTime
from absence_texts.database import Row
from ops.college_times import clock_time, from_utc, instant_asked, parse_time
from ops.context import CommandContext
from ops.masking import masked
from ops.preview.comparison import compare
from ops.preview.expected_texts import ExpectedText, read_only, would_be_claimed
from ops.terminal import make_table
from ops.text_rows import whom
from ops.wording import counted

_WHOM = ("student", "lesson", "guardian", "mobile")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("preview", help="who would be texted by a run, touching nothing")
    parser.add_argument(
        "--as-of", type=parse_time, help="college time, today's or with a date; now if left out"
    )
    parser.add_argument(
        "--compare", action="store_true", help="show the difference from what was sent that day"
    )
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    now = context.now
    moment = instant_asked(arguments.as_of, now)
    with read_only(context.database):
        _compare(context, moment) if arguments.compare else _preview(context, moment)
    if moment.instant < now.instant:
        context.console.print("This is by the registers and the ledger as they stand now.")
    return 0


def _preview(context: CommandContext, moment: CollegeTime) -> None:
    found = would_be_claimed(context, moment)
    context.console.print(f"A run at {_shown(moment)} would claim {counted(len(found), 'text')}.")
    if found:
        for line in _window(context, moment):
            context.console.print(line)
        _print(context, _WHOM, map(_candidate, found))


def _window(context: CommandContext, moment: CollegeTime) -> Iterator[str]:
    settings = context.settings
    if settings.window_has_closed(moment):
        closed = f"{settings.sending_window_closes:%H:%M}"
        yield f"The sending window closed at {closed}: they would be cancelled at once."
    elif not settings.window_is_open(moment):
        yield f"Nothing leaves before {settings.sending_window_opens:%H:%M}: they would wait."


def _compare(context: CommandContext, moment: CollegeTime) -> None:
    """Hold what all runs of the day up to the moment should have sent to what the ledger says."""
    compared = compare(context, moment)
    context.console.print(
        f"By {_shown(moment)} there should be {counted(len(compared.should), 'text')};"
        f" {counted(len(compared.out), 'text')} went out."
    )
    if not_out := compared.not_out:
        context.console.print(Text("Not out", "bold"))
        rows = ((*_candidate(one), *_state(text, moment)) for one, text in not_out)
        _print(context, (*_WHOM, "state", "reason"), rows)
    if would_not_be := compared.would_not_be:
        context.console.print(Text("Sent, but would not be now", "bold"))
        rows = ((*whom(text), _instead(one)) for text, one in would_not_be)
        _print(context, (*_WHOM, "now"), rows)


def _candidate(one: ExpectedText) -> tuple[str, ...]:
    return one.reference, clock_time(one.starts_at), str(one.guardian_id), masked(one.mobile)


def _state(text: Row | None, moment: CollegeTime) -> tuple[str, str]:
    """Return the text's state as the ledger stands now; one sent after the moment says when."""
    if text is None:
        return "no text", ""
    if text["sent_at"]:
        sent_at = from_utc(text["sent_at"], moment.zone)
        return text["state"], f"sent {clock_time(sent_at, moment.today)}"
    return text["state"], text["reason"] or ""


def _instead(one: ExpectedText | None) -> str:
    return f"about the lesson at {clock_time(one.starts_at)}" if one else "no text"


def _print(
    context: CommandContext, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> None:
    table = make_table(*headings)
    for row in rows:
        table.add_row(*row)
    context.console.print(table)


def _shown(moment: CollegeTime) -> str:
    return f"{moment.today} {clock_time(moment.wall_clock)}"
