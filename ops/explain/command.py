"""`explain`: why a guardian did or did not get a text."""

import argparse
from collections.abc import Iterable
from itertools import groupby

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from absence_texts import criteria
from absence_texts.clock import CollegeTime
from ops.college_times import as_of, clock_time, day_asked, parse_date
from ops.context import CommandContext
from ops.explain.criteria_answers import Explanation
from ops.explain.day import Day, Student, find_student, read_day, why_empty
from ops.explain.history import recorded_history

_CRITERIA = frozenset(criterion.name for criterion in criteria.CRITERIA)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("explain", help="why a guardian did or did not get a text")
    parser.add_argument("--student", required=True, help="reference, such as STE04049635")
    parser.add_argument("--date", type=parse_date, help="the college's date; today if left out")
    parser.add_argument("--guardian", type=int, help="the id of one guardian; all if left out")
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    reference = arguments.student.strip()
    student = find_student(context, reference)
    if student is None:
        context.console.print(f"There is no student “{reference}”.")
        return 1
    moment = as_of(day_asked(arguments.date, context.now), context.now)
    day = read_day(context, student, moment, arguments.guardian)
    if not day.explanations:
        context.console.print(why_empty(context, student, moment, arguments.guardian))
        return 1
    context.console.print(_tree(student, moment, day))
    return 0


def _tree(student: Student, moment: CollegeTime, day: Day) -> Tree:
    shown = f"{moment.today}, as of {clock_time(moment.wall_clock)}"
    heading = f"Student {student.reference} on {shown}, as the data stand now"
    tree = Tree(Text(heading, "bold"))
    for _, explanations in groupby(day.explanations, key=lambda one: one.lesson_id):
        first, *others = explanations
        lesson = tree.add(Text(_lesson(first, moment), "bold"))
        for explanation in (first, *others):
            branch = lesson.add(f"Guardian {explanation.guardian_id}")
            for line in _what_happened(explanation, day, moment):
                branch.add(line)
            branch.add(_answers(explanation) if explanation.answers else _gone(explanation))
    return tree


def _lesson(explanation: Explanation, moment: CollegeTime) -> str:
    if explanation.starts_at is None:
        return f"Lesson {explanation.lesson_id}"
    starts_at = clock_time(explanation.starts_at, moment.today)
    return f"Lesson at {starts_at} (id {explanation.lesson_id})"


def _what_happened(explanation: Explanation, day: Day, moment: CollegeTime) -> Iterable[str]:
    told = recorded_history(day.records, explanation.pair, moment.zone)
    if not told and explanation.holds("absent"):
        return ["no text, and no run has decided about it"]
    return told


def _gone(explanation: Explanation) -> str:
    return f"no criteria to show: {explanation.gone}"


def _answers(explanation: Explanation) -> Table:
    """Show every criterion, and the data checks that fail; of no absence, only that it is none."""
    table = Table.grid(padding=(0, 2))
    for answer in explanation.answers:
        name = answer.criterion.name
        if not explanation.holds("absent") and name != "absent":
            continue
        if name in _CRITERIA or not answer.holds:
            sign = Text("✓", "green") if answer.holds else Text("✗", "red")
            table.add_row(sign, name, Text(answer.fact))
    return table
