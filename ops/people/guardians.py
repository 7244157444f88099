"""Finds the guardian that a person means: by id, by name, or by the last digits of the mobile."""

from collections.abc import Mapping
from dataclasses import dataclass

from absence_texts.database import Value, fetch_all
from absence_texts.identifiers import GuardianId, StudentId
from ops.context import CommandContext
from ops.masking import masked
from ops.people.choice import NotOneError, nearest
from ops.people.matching import contains_words, folded
from ops.people.names import guardian_name, names_sql

HEADINGS = ("guardian", "guardian name", "mobile")
_FEWEST_DIGITS = 3
_LARGEST_ID = 2**63 - 1
_DIGITS_OF_MOBILE = "REGEXP_REPLACE(CONVERT(COALESCE(g.mobile, '') USING utf8mb4), '[^0-9]', '')"


@dataclass(frozen=True)
class GuardianFound:
    id: GuardianId
    name: str
    mobile: str
    """Masked."""

    @property
    def shown(self) -> str:
        return f"{self.id} {self.name}".strip()

    def cells(self) -> tuple[str, ...]:
        return str(self.id), self.name, self.mobile


def the_guardian(
    context: CommandContext, typed: str, student: StudentId | None = None
) -> GuardianFound:
    """Return the one guardian who is meant, of this student or of all; raises NotOneError."""
    found = find_guardians(context, typed, student)
    if len(found) == 1:
        return found[0]
    if found:
        raise NotOneError(
            f"{len(found):,} guardians match “{typed}”: choose one by the id, with --guardian.",
            HEADINGS,
            [each.cells() for each in found],
        )
    known = [each.name for each in _find(context, "TRUE", {}, student, most=50_000)]
    raise NotOneError(f"There is no guardian “{typed}”.{nearest(typed, known)}")


def find_guardians(
    context: CommandContext, typed: str, student: StudentId | None = None
) -> list[GuardianFound]:
    """Return the one with this id, or else all whose mobile ends so or whose name contains it."""
    digits = "".join(typed.split()).removeprefix("+")
    if digits.isascii() and digits.isdigit():
        return _find_by_digits(context, digits, student)
    name = folded(names_sql(context.source)["guardian_name"])
    condition, words = contains_words((name,), typed)
    return _find(context, condition, words, student) if words else []


def _find_by_digits(
    context: CommandContext, digits: str, student: StudentId | None
) -> list[GuardianFound]:
    if int(digits) <= _LARGEST_ID:
        of_id = _find(context, "g.guardian_id = %(id)s", {"id": int(digits)}, student)
        if of_id:
            return of_id
    if len(digits) < _FEWEST_DIGITS:
        return []
    # 07700 900123 and +44 7700 900123 are one number.
    end = {"end": f"%{digits.removeprefix('44').removeprefix('0')}"}
    return _find(context, f"{_DIGITS_OF_MOBILE} LIKE %(end)s", end, student)


def _find(
    context: CommandContext,
    condition: str,
    values: Mapping[str, Value],
    student: StudentId | None,
    most: int = 1000,
) -> list[GuardianFound]:
    """Return one guardian for each id, because a view of the college may hold a row twice."""
    table = context.source.table
    linked = f"SELECT guardian_id FROM {table('guardian_students')} WHERE student_id = %(student)s"
    rows = fetch_all(
        context.database,
        f"SELECT g.guardian_id, MIN({names_sql(context.source)['guardian_name']}) AS guardian_name,"
        f" MIN(g.mobile) AS mobile FROM {table('guardians')} g"
        f" WHERE ({condition}) AND g.guardian_id IS NOT NULL"
        f" AND (%(student)s IS NULL OR g.guardian_id IN ({linked}))"
        f" GROUP BY g.guardian_id ORDER BY g.guardian_id LIMIT {most}",
        {**values, "student": student},
    )
    return [
        GuardianFound(GuardianId(row["guardian_id"]), guardian_name(row), masked(row["mobile"]))
        for row in rows
    ]
