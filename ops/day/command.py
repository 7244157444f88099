"""`day`: about which absent students somebody at home was told, and why not about the others."""

import argparse
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from absence_texts.account import StudentEntry, Told
from absence_texts.wording import counted, long_date
from ops.college_times import add_date_to, day_asked
from ops.context import CommandContext
from ops.day.listing import HEADINGS, counting, only_lesson, read_entries, staff_lines
from ops.listing import Form, add_formats, say, show
from ops.people.lessons import the_lesson
from ops.status.opening import read_opening
from ops.terminal import print_plainly
from ops.written_file import write_for_owner


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("day", help="who was told about each absent student, and who not")
    add_date_to(parser)
    parser.add_argument(
        "--lesson", help="only what was told about the lesson with this start, or this id"
    )
    formats = add_formats(parser)
    formats.add_argument("--html", metavar="FILE", type=Path, help="write a page with pictures")
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """Print the account. The totals come last, because the account is printed as it is read."""
    day, form = day_asked(arguments.date, context.now), arguments.form
    lesson = the_lesson(context, arguments.lesson, day) if arguments.lesson else None
    if arguments.html:
        return _write_page(context, day, list(read_entries(context, day)), arguments.html)
    if form is Form.TABLE and day == context.now.today:
        for sentence in read_opening(context).sentences:
            say(context.console, form, sentence)
    counts: Counter[Told] = Counter()
    read = read_entries(context, day)
    about_lesson = only_lesson(read, lesson.id) if lesson else read
    entries = counting(about_lesson, counts)
    show(context.console, form, HEADINGS, staff_lines(entries, day))
    say(context.console, form, _totals(f"{day}, {lesson.shown}" if lesson else f"{day}", counts))
    return 0


def _totals(of: str, counts: Counter[Told]) -> str:
    totals = (
        f"{of}: {counted(counts.total(), 'absent student')}. Somebody at home was told about"
        f" {counts[Told.TOLD]:,}, the news is on its way about {counts[Told.ON_ITS_WAY]:,}, and"
        f" nobody was told about {counts[Told.NOT_TOLD]:,}."
    )
    if counts[Told.REPORTED]:
        reported = counted(counts[Told.REPORTED], "student")
        totals += f" The absences of {reported} were reported to the college."
    return totals


def _write_page(
    context: CommandContext, day: date, entries: Sequence[StudentEntry], path: Path
) -> int:
    from ops.day.page.making import read_page  # noqa: PLC0415 (no other command waits for charts)

    write_for_owner(path, read_page(context, day, entries).html())
    print_plainly(context.console, f"The page of {long_date(day)} is {path}.")
    return 0
