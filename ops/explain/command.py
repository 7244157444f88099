"""`explain`: why each guardian of a student did or did not get a text."""

import argparse
from collections.abc import Iterable
from itertools import groupby

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from absence_texts import criteria
from absence_texts.clock import CollegeTime
from absence_texts.identifiers import StudentId
from absence_texts.wording import clock_time
from ops.college_times import add_date_to, as_of, day_asked
from ops.context import CommandContext
from ops.explain.asked import guardian_asked, student_asked
from ops.explain.criteria_answers import Explanation
from ops.explain.day import Day, read_day, why_empty
from ops.explain.export import read_export
from ops.explain.family import Family, read_family
from ops.explain.history import recorded_history
from ops.explain.rows import HEADINGS, criterion_rows
from ops.listing import Form, add_formats, show
from ops.people.students import StudentFound
from ops.terminal import print_plainly

_CRITERIA = frozenset(criterion.name for criterion in criteria.CRITERIA)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("explain", help="why a guardian did or did not get a text")
    student = parser.add_mutually_exclusive_group()
    student.add_argument(
        "--student", nargs="+", metavar="WHO", help="the reference, a part of it, or the name"
    )
    student.add_argument(
        "--student-id", type=int, help="the id, for two students with one reference"
    )
    add_date_to(parser)
    parser.add_argument(
        "--guardian",
        nargs="+",
        metavar="WHO",
        help="the id, the name or the last digits of the mobile of one guardian; all if left out",
    )
    parser.add_argument(
        "--export",
        action="store_true",
        help="everything that our tables hold about the student, on any date, as JSON",
    )
    add_formats(parser)
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """Print the explanation; the exit code is 1 if there is nothing to explain."""
    if arguments.export and arguments.student_id is not None:
        # By id, a student who has left the college's tables has an export too.
        return _export(context, StudentId(arguments.student_id))
    student = student_asked(context, arguments)
    if arguments.export:
        return _export(context, student.id)
    return _explain(context, student, arguments)


def _export(context: CommandContext, student: StudentId) -> int:
    json = read_export(context, student).model_dump_json(indent=2)
    print_plainly(context.console, json)
    return 0


def _explain(context: CommandContext, student: StudentFound, arguments: argparse.Namespace) -> int:
    guardian = guardian_asked(context, arguments, student.id)
    moment = as_of(day_asked(arguments.date, context.now), context.now)
    day = read_day(context, student, moment, guardian)
    if not day.explanations:
        context.console.print(why_empty(context, student, moment, guardian))
        return 1
    family = read_family(context, student.id)
    if arguments.form is Form.TABLE:
        context.console.print(_tree(student, family, moment, day))
        return 0
    rows = (
        row
        for each in day.explanations
        for row in criterion_rows(student, family, each, _history(each, day, moment))
    )
    show(context.console, arguments.form, HEADINGS, rows)
    return 0


def _tree(student: StudentFound, family: Family, moment: CollegeTime, day: Day) -> Tree:
    shown = f"{moment.today}, as of {clock_time(moment.wall_clock)}"
    heading = f"Student {student.shown} on {shown}, by the data as they are now"
    tree = Tree(Text(heading, "bold"))
    for sentence in family.shared_phones():
        tree.add(Text(sentence))
    for _, explanations in groupby(day.explanations, key=lambda each: each.lesson_id):
        first, *others = explanations
        lesson = tree.add(Text(_lesson(first, moment), "bold"))
        for explanation in (first, *others):
            branch = lesson.add(Text(f"Guardian {family.shown(explanation.guardian_id)}"))
            for line in _history(explanation, day, moment):
                branch.add(Text(line))
            branch.add(_answers(explanation) if explanation.answers else _gone(explanation))
    return tree


def _lesson(explanation: Explanation, moment: CollegeTime) -> str:
    if explanation.starts_at is None:
        return f"Lesson {explanation.lesson_id}"
    starts_at = clock_time(explanation.starts_at, moment.today)
    return f"Lesson at {starts_at} (id {explanation.lesson_id})"


def _history(explanation: Explanation, day: Day, moment: CollegeTime) -> Iterable[str]:
    history = recorded_history(day.records, explanation.key, moment.zone)
    if not history and explanation.holds("absent"):
        return ["no text, and no run has decided about this absence"]
    return history


def _gone(explanation: Explanation) -> str:
    return f"no criteria to show: {explanation.gone}"


def _answers(explanation: Explanation) -> Table:
    """Show every criterion, and the data checks that fail; only `absent` if that does not hold."""
    table = Table.grid(padding=(0, 2))
    for answer in explanation.answers:
        name = answer.criterion.name
        if not explanation.holds("absent") and name != "absent":
            continue
        if name in _CRITERIA or not answer.holds:
            sign = Text("✓", "green") if answer.holds else Text("✗", "red")
            table.add_row(sign, name, Text(answer.fact), Text(answer.words, "dim"))
    return table
