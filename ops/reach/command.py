"""`reach`: about which students nobody at home could be texted, and what to mend."""

import argparse
from collections import Counter, deque

from absence_texts.wording import counted
from ops.context import CommandContext
from ops.listing import Form, add_formats, say, show
from ops.reach.rows import MEND_HEADINGS, STEP_HEADINGS, mend_rows, step_rows
from ops.reach.steps import DELIVERING, STUDENTS
from ops.reach.students import counting, read_students


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "reach", help="the students about whom nobody could be texted, before any absence"
    )
    parser.add_argument(
        "--steps", action="store_true", help="only how many students pass each step"
    )
    add_formats(parser)
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """Print the list to mend, then the steps. The students are counted as they are read."""
    form, counts = arguments.form, Counter[str]()
    students = counting(read_students(context), counts)
    if arguments.steps:
        deque(students, maxlen=0)
    else:
        to_mend = (row for each in students if not each.is_reached for row in mend_rows(each))
        show(context.console, form, MEND_HEADINGS, to_mend)
    if arguments.steps or form is Form.TABLE:
        show(context.console, form, STEP_HEADINGS, step_rows(counts))
    lost = counts[STUDENTS] - counts[DELIVERING]
    say(
        context.console,
        form,
        f"About {lost:,} of {counted(counts[STUDENTS], 'active 16-19 student')} nobody at home"
        " could be texted.",
    )
    return 0
