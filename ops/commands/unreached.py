"""`unreached`: whom a text did not reach, or perhaps not, for staff to ring."""

import argparse

from absence_texts.ledger import State
from ops.college_times import parse_date
from ops.desk import Desk
from ops.terminal import make_table
from ops.told_texts import HEADINGS, cells, find_texts

_UNREACHED = (State.IN_DOUBT, State.FAILED, State.UNDELIVERED)
# A text in doubt that was resent and then held back may still have left the first time, or not.
_WHICH = (
    "t.absence_date = %(day)s AND (t.state IN %(unreached)s"
    " OR (t.state = %(cancelled)s AND t.in_doubt_at IS NOT NULL))"
)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("unreached", help="whom to ring: no text reached them for sure")
    parser.add_argument("--date", type=parse_date, help="the college's date; today if left out")
    parser.set_defaults(run=run)


def run(desk: Desk, arguments: argparse.Namespace) -> int:
    day = arguments.date or desk.now.today
    parameters = {"day": day, "unreached": _UNREACHED, "cancelled": State.CANCELLED}
    found = find_texts(desk, _WHICH, parameters)
    if not found:
        desk.console.print(f"Of {day} there is nobody to ring.")
        return 0
    table = make_table(*HEADINGS)
    for text in found:
        table.add_row(*cells(text))
    desk.console.print(table)
    return 0
