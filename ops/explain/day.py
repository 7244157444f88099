"""One student's day, as `explain` tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from absence_texts.clock import CollegeTime
from absence_texts.database import Value, fetch_one
from absence_texts.identifiers import GuardianId, StudentId
from ops.context import CommandContext
from ops.explain.criteria_answers import Explainer, Explanation
from ops.explain.missing_sources import explain_missing_sources
from ops.explain.records import Records, read_records


@dataclass(frozen=True)
class Student:
    id: StudentId
    reference: str


def find_student(context: CommandContext, reference: str) -> Student | None:
    row = fetch_one(
        context.database,
        f"SELECT student_id, reference FROM {context.source.table('students')}"
        " WHERE reference = %(reference)s",
        {"reference": reference},
    )
    return Student(StudentId(row["student_id"]), row["reference"]) if row else None


@dataclass(frozen=True)
class Day:
    """The day of a moment: what is recorded of it, and each lesson and guardian it is about."""

    records: Records
    explanations: list[Explanation]


def read_day(
    context: CommandContext, student: Student, moment: CollegeTime, guardian: GuardianId | None
) -> Day:
    """Read what concerns one guardian, or all."""
    records = read_records(context.database, student.id, moment.today)
    covered = list(Explainer(context, student.id, moment).explanations())
    others = records.pairs - {one.pair for one in covered}
    found = [*covered, *explain_missing_sources(context, student.id, moment.today, others)]
    asked = (one for one in found if guardian in (None, one.guardian_id))
    return Day(records, sorted(asked, key=_order))


def _order(one: Explanation) -> tuple[datetime, int, int]:
    """Put in the order of the day what is still in it, and behind it what is gone."""
    return one.starts_at or datetime.max, one.lesson_id, one.guardian_id  # noqa: DTZ901


def why_empty(
    context: CommandContext, student: Student, moment: CollegeTime, guardian: GuardianId | None
) -> str:
    """Say what there would have to be for the day to be told."""
    values = {"student": student.id, "guardian": guardian}
    its_own = "guardian_id = %(guardian)s"
    links = f"student_id = %(student)s AND (%(guardian)s IS NULL OR {its_own})"
    if _there_is(context, "guardian_students", links, values):
        return f"Student {student.reference} has no register mark on {moment.today}."
    if guardian is None:
        return f"No guardian is linked to student {student.reference}."
    if _there_is(context, "guardians", its_own, values):
        return f"Guardian {guardian} is not linked to student {student.reference}."
    return f"There is no guardian {guardian}."


def _there_is(context: CommandContext, table: str, which: str, values: Mapping[str, Value]) -> bool:
    sql = f"SELECT 1 FROM {context.source.table(table)} WHERE {which} LIMIT 1"
    return fetch_one(context.database, sql, values) is not None
