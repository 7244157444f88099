"""`unreached`: the guardians to ring, because no text reached them for certain."""

import argparse
from datetime import date

from absence_texts.database import Row
from absence_texts.ledger import CLAIMED, NOT_STARTED, State
from ops.college_times import as_of, day_asked, parse_date
from ops.context import CommandContext
from ops.terminal import make_table
from ops.text_rows import HEADINGS, cells, find_texts, recipient_cells
from ops.unreached.reasons import LISTED
from ops.unreached.untold import find_untold

_UNREACHED = frozenset({State.IN_DOUBT, State.FAILED, State.UNDELIVERED})
_HELD_BACK = (State.CANCELLED, State.WOULD_SEND)
# A text in doubt that was resent and then held back may still have left the first time. A text
# that was cancelled for one of the listed reasons met every criterion, and the guardian got none.
_TO_RING = (
    "t.absence_date = %(day)s AND (t.state IN %(unreached)s"
    " OR (t.state IN %(held_back)s AND t.in_doubt_at IS NOT NULL)"
    " OR (t.state = %(cancelled)s AND t.reason IN %(listed)s))"
)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("unreached", help="the guardians to ring, and why")
    parser.add_argument("--date", type=parse_date, help="the college's date; today if left out")
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    now = context.now
    day = day_asked(arguments.date, now)
    is_over = day < now.today or context.settings.window_has_closed(now)
    texts = _find_texts(context, day, is_over=is_over)
    untold = find_untold(context, as_of(day, now), is_over=is_over)
    if not texts and not untold:
        context.console.print(f"Of {day} there is nobody to ring.")
        return 0
    rows = [*map(cells, texts), *map(_untold_cells, untold)]
    context.console.print(make_table(HEADINGS, rows))
    return 0


def _find_texts(context: CommandContext, day: date, *, is_over: bool) -> tuple[Row, ...]:
    """Return the texts that did not arrive, and those that still wait when the day is over."""
    stranded = NOT_STARTED | CLAIMED if is_over else frozenset()
    parameters = {
        "day": day,
        "unreached": tuple(sorted(_UNREACHED | stranded)),
        "held_back": _HELD_BACK,
        "cancelled": State.CANCELLED,
        "listed": LISTED,
    }
    return find_texts(context, _TO_RING, parameters)


def _untold_cells(untold: Row) -> tuple[str, ...]:
    return "", *recipient_cells(untold), "no text", untold["reason"]
