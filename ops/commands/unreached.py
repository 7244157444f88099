"""`unreached`: the guardians that a text did not reach, or perhaps not, for staff to ring."""

import argparse
from datetime import date

from absence_texts.ledger import CLAIMED, NOT_STARTED, State
from absence_texts.vocabulary import TOO_LATE
from ops.college_times import day_asked, parse_date
from ops.context import CommandContext
from ops.terminal import make_table
from ops.text_rows import HEADINGS, cells, find_texts

_UNREACHED = frozenset({State.IN_DOUBT, State.FAILED, State.UNDELIVERED})
_HELD_BACK = (State.CANCELLED, State.WOULD_SEND)
# A text in doubt that was resent and then held back may still have left the first time, or not.
# One that came too late was held back by no criterion: the guardian was to be told, and was not.
_WHICH = (
    "t.absence_date = %(day)s AND (t.state IN %(unreached)s"
    " OR (t.state IN %(held_back)s AND t.in_doubt_at IS NOT NULL)"
    " OR (t.state = %(cancelled)s AND t.reason IN %(too_late)s))"
)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "unreached", help="the guardians to ring: perhaps no text reached them"
    )
    parser.add_argument("--date", type=parse_date, help="the college's date; today if left out")
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    day = day_asked(arguments.date, context.now)
    parameters = {
        "day": day,
        "unreached": tuple(sorted(_UNREACHED | _stranded(context, day))),
        "held_back": _HELD_BACK,
        "cancelled": State.CANCELLED,
        "too_late": tuple(sorted(TOO_LATE)),
    }
    found = find_texts(context, _WHICH, parameters)
    if not found:
        context.console.print(f"No guardian needs to be rung about {day}.")
        return 0
    context.console.print(make_table(HEADINGS, map(cells, found)))
    return 0


def _stranded(context: CommandContext, day: date) -> frozenset[State]:
    """Return the states in which a text of the day still waits, when it can't leave any more."""
    now = context.now
    is_over = day < now.today or context.settings.window_has_closed(now)
    return NOT_STARTED | CLAIMED if is_over else frozenset()
