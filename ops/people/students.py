"""Finds the student that a person means: by reference, by part of a reference, or by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from absence_texts.database import Value, fetch_all
from absence_texts.identifiers import GuardianId, StudentId
from ops.context import CommandContext
from ops.people.choice import NotOneError, nearest
from ops.people.matching import contains_words, folded, is_the_same
from ops.people.names import names_sql, printable, student_name

HEADINGS = ("student id", "student", "student name", "status")
_MOST_COMPARED = 50_000
"""Students whose names are compared, to say which is nearest."""


@dataclass(frozen=True)
class StudentFound:
    id: StudentId
    reference: str
    status: str
    name: str

    @property
    def shown(self) -> str:
        return f"{self.reference} {self.name}".strip()

    def cells(self) -> tuple[str, ...]:
        return str(self.id), self.reference, self.name, self.status


def the_student(context: CommandContext, typed: str) -> StudentFound:
    """Return the one student who is meant; raises NotOneError."""
    return _only(context, typed, find_students(context, typed))


def the_student_of_id(context: CommandContext, student_id: int) -> StudentFound:
    """Return the student with the college's id; raises NotOneError."""
    found = _find(context, "s.student_id = %(sought)s", {"sought": student_id})
    if not found:
        raise NotOneError(f"There is no student with the id {student_id}.")
    return found[0]


def find_students(context: CommandContext, typed: str) -> list[StudentFound]:
    """Return those with this reference, or else all with it in their reference or their name."""
    whole = _find(context, is_the_same("s.reference"), {"sought": typed.strip()})
    if whole or not typed.strip():
        return whole
    names = names_sql(context.source)
    name = f"CONCAT_WS(' ', {names['first_name']}, {names['last_name']})"
    condition, words = contains_words((folded("s.reference"), folded(name)), typed)
    return _find(context, condition, words)


def students_of(context: CommandContext, guardian: GuardianId) -> list[StudentFound]:
    """Return the students of a guardian."""
    links = context.source.table("guardian_students")
    linked = f"SELECT student_id FROM {links} WHERE guardian_id = %(guardian)s"
    return _find(context, f"s.student_id IN ({linked})", {"guardian": guardian})


def _only(context: CommandContext, typed: str, found: Sequence[StudentFound]) -> StudentFound:
    if len(found) == 1:
        return found[0]
    if found:
        raise NotOneError(
            f"{len(found):,} students match “{typed}”: choose one by the reference, or with"
            " --student-id.",
            HEADINGS,
            [each.cells() for each in found],
        )
    everybody = _find(context, "TRUE", {}, most=_MOST_COMPARED)
    known = [name for each in everybody for name in (each.reference, each.name) if name]
    raise NotOneError(f"There is no student “{typed}”.{nearest(typed, known)}")


def _find(
    context: CommandContext, condition: str, values: Mapping[str, Value], most: int = 1000
) -> list[StudentFound]:
    """Return one student for each id, because a view of the college may hold a student twice."""
    source = context.source
    names = names_sql(source)
    columns = ", ".join(f"MIN({names[name]}) AS {name}" for name in ("first_name", "last_name"))
    rows = fetch_all(
        context.database,
        f"SELECT s.student_id, MIN(TRIM(s.reference)) AS reference, MIN(s.status) AS status,"
        f" {columns} FROM {source.table('students')} s"
        f" WHERE ({condition}) AND s.student_id IS NOT NULL GROUP BY s.student_id"
        f" ORDER BY reference, s.student_id LIMIT {most}",
        values,
    )
    return [
        StudentFound(
            StudentId(row["student_id"]),
            printable(row["reference"]) or "without reference",
            printable(row["status"]),
            student_name(row),
        )
        for row in rows
    ]
