"""`explain`: why a guardian did or did not get a text."""

import argparse
from itertools import groupby

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from absence_texts import criteria
from absence_texts.clock import CollegeTime
from absence_texts.database import fetch_one
from absence_texts.identifiers import GuardianId, StudentId
from ops.college_times import as_of, clock_time, parse_date
from ops.desk import Desk
from ops.explanation import Explainer, Explanation
from ops.what_happened import decision_against, history_of_text

_CRITERIA = frozenset(criterion.name for criterion in criteria.CRITERIA)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("explain", help="why a guardian did or did not get a text")
    parser.add_argument("--student", required=True, help="reference, such as STE04049635")
    parser.add_argument("--date", type=parse_date, help="the college's date; today if left out")
    parser.add_argument("--guardian", type=int, help="the id of one guardian; all if left out")
    parser.set_defaults(run=run)


def run(desk: Desk, arguments: argparse.Namespace) -> int:
    student = _find_student(desk, arguments.student)
    if student is None:
        desk.console.print(f"There is no student {arguments.student}.")
        return 1
    moment = as_of(arguments.date or desk.now.today, desk.now)
    found = list(_explanations(desk, student, moment, arguments.guardian))
    if not found:
        desk.console.print("Nothing to explain: no register mark that day, or no guardian linked.")
        return 1
    desk.console.print(_tree(desk, arguments.student, student, moment, found))
    return 0


def _find_student(desk: Desk, reference: str) -> StudentId | None:
    students = desk.source.table("students")
    sql = f"SELECT student_id FROM {students} WHERE reference = %(reference)s"
    row = fetch_one(desk.database, sql, {"reference": reference})
    return StudentId(row["student_id"]) if row else None


def _explanations(
    desk: Desk, student: StudentId, moment: CollegeTime, guardian: GuardianId | None
) -> list[Explanation]:
    explainer = Explainer(desk, student, moment)
    return [one for one in explainer.explanations() if guardian in (None, one.guardian_id)]


def _tree(
    desk: Desk, reference: str, student: StudentId, moment: CollegeTime, found: list[Explanation]
) -> Tree:
    shown = f"{moment.today}, as of {clock_time(moment.wall_clock)}"
    tree = Tree(Text(f"Student {reference} on {shown}, as the data stand now", "bold"))
    for (starts_at, lesson_id), explanations in groupby(
        found, key=lambda one: (one.starts_at, one.lesson_id)
    ):
        lesson = tree.add(Text(f"Lesson at {clock_time(starts_at)} (id {lesson_id})", "bold"))
        for explanation in explanations:
            branch = lesson.add(f"Guardian {explanation.guardian_id}")
            branch.add(_answers(explanation))
            if explanation.holds("absent"):
                branch.add(_what_happened(desk, student, explanation))
    return tree


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


def _what_happened(desk: Desk, student: StudentId, explanation: Explanation) -> str:
    zone = desk.now.zone
    if explanation.text_id is not None:
        return history_of_text(desk.database, explanation.text_id, zone)
    return decision_against(
        desk.database, explanation.lesson_id, student, explanation.guardian_id, zone
    )
