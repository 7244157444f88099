"""One student's day, as `explain` shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from absence_texts.candidates import absences, parameters
from absence_texts.clock import CollegeTime
from absence_texts.database import Value, fetch_one
from absence_texts.identifiers import GuardianId
from ops.context import CommandContext
from ops.explain.criteria_answers import Explainer, Explanation
from ops.explain.missing_sources import explain_missing_sources
from ops.explain.records import Records, read_records
from ops.people.students import StudentFound


@dataclass(frozen=True)
class Day:
    """What is recorded about the day, and an explanation for each lesson and guardian."""

    records: Records
    explanations: list[Explanation]


def read_day(
    context: CommandContext,
    student: StudentFound,
    moment: CollegeTime,
    guardian: GuardianId | None,
) -> Day:
    """Read the day of `moment`, for one guardian or for all."""
    records = read_records(context.database, student.id, moment.today)
    explained = list(Explainer(context, student.id, moment).explanations())
    others = records.keys - {each.key for each in explained}
    explained += explain_missing_sources(context, student.id, moment.today, others)
    asked = (each for each in explained if guardian in {None, each.guardian_id})
    return Day(records, sorted(asked, key=_order))


def _order(explanation: Explanation) -> tuple[bool, str, int, int]:
    """Order by the lessons' starts; a lesson that no longer exists comes last."""
    starts_at = explanation.starts_at
    return starts_at is None, str(starts_at), explanation.lesson_id, explanation.guardian_id


def why_empty(
    context: CommandContext,
    student: StudentFound,
    moment: CollegeTime,
    guardian: GuardianId | None,
) -> str:
    """Say why the day has nothing to explain: no register mark, no link or no such guardian."""
    values = {"student": student.id, "guardian": guardian}
    of_guardian = "guardian_id = %(guardian)s"
    links = f"student_id = %(student)s AND (%(guardian)s IS NULL OR {of_guardian})"
    if _exists(context, "guardian_students", links, values):
        return _why_without_mark(context, student, moment)
    if guardian is None:
        return f"No guardian is linked to student {student.reference}."
    if _exists(context, "guardians", of_guardian, values):
        return f"Guardian {guardian} is not linked to student {student.reference}."
    return f"There is no guardian {guardian}."


def _why_without_mark(context: CommandContext, student: StudentFound, moment: CollegeTime) -> str:
    """Say that no lesson of the day has a mark of the student, or that its lesson has no start."""
    of_no_day = fetch_one(
        context.database,
        f"SELECT m.lesson_id {absences(context.source)} AND m.student_id = %(student)s LIMIT 1",
        parameters(moment, context.settings.rules) | {"student": student.id},
    )
    if of_no_day:
        return (
            f"Student {student.reference} is marked absent from lesson {of_no_day['lesson_id']} of"
            f" {moment.today}, which has no real start, so no text tells of it."
        )
    return f"Student {student.reference} has no register mark on {moment.today}."


def _exists(
    context: CommandContext, table: str, condition: str, values: Mapping[str, Value]
) -> bool:
    sql = f"SELECT 1 FROM {context.source.table(table)} WHERE {condition} LIMIT 1"
    return fetch_one(context.database, sql, values) is not None
