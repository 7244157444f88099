"""`preview`: who would be texted by a run at some instant; nothing is touched."""

import argparse
from collections.abc import Iterable

from rich.text import Text

from absence_texts.clock import CollegeTime
from ops.college_times import clock_time, college_time, parse_time
from ops.desk import Desk
from ops.masking import masked
from ops.rehearsal import Candidate, untouched, were_sent, would_be_texted
from ops.terminal import make_table
from ops.wording import counted

# A text of that day is what the comparison is with: it must not be its own obstacle.
_THE_LEDGERS = frozenset({"not_texted_today"})


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("preview", help="who would be texted by a run, touching nothing")
    parser.add_argument("--as-of", type=parse_time, help="college time; now if left out")
    parser.add_argument(
        "--compare", action="store_true", help="show the difference from what was sent that day"
    )
    parser.set_defaults(run=run)


def run(desk: Desk, arguments: argparse.Namespace) -> int:
    moment = college_time(arguments.as_of, desk.now.zone) if arguments.as_of else desk.now
    with untouched(desk.database):
        compare(desk, moment) if arguments.compare else preview(desk, moment)
    return 0


def preview(desk: Desk, moment: CollegeTime) -> None:
    found = would_be_texted(desk, moment)
    desk.console.print(f"A run at {_shown(moment)} would claim {counted(len(found), 'text')}.")
    _print(desk, found)


def compare(desk: Desk, moment: CollegeTime) -> None:
    """Hold what all runs of the day up to the moment should have sent to what the ledger says."""
    would, sent = would_be_texted(desk, moment, without=_THE_LEDGERS), were_sent(desk, moment)
    missing, extra = set(would) - set(sent), set(sent) - set(would)
    desk.console.print(
        f"By {_shown(moment)} there should be {counted(len(would), 'text')};"
        f" {counted(len(sent), 'text')} went out."
    )
    for title, candidates in (("Not sent", missing), ("Sent, but would not be now", extra)):
        if candidates:
            desk.console.print(Text(title, "bold"))
            _print(desk, sorted(candidates))


def _print(desk: Desk, candidates: Iterable[Candidate]) -> None:
    table = make_table("student", "lesson", "guardian", "mobile")
    for one in candidates:
        starts_at = clock_time(one.starts_at)
        table.add_row(one.reference, starts_at, str(one.guardian_id), masked(one.mobile))
    if table.row_count:
        desk.console.print(table)


def _shown(moment: CollegeTime) -> str:
    return f"{moment.today} {clock_time(moment.wall_clock)}"
