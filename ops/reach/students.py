"""Reads every 16-19 student with each linked guardian, and how far a text would come."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from absence_texts import criteria
from absence_texts.database import Row, stream
from absence_texts.ledger import State
from absence_texts.source import Source
from absence_texts.vocabulary import Reason
from ops.context import CommandContext
from ops.people.names import names_sql
from ops.reach.steps import CRITERIA, STEPS, TEXTS_THAT_TELL, HowFar, how_far

_SAYS_NOTHING_OF_THE_NUMBER = (
    *(Reason.DAY_IS_FULL, Reason.RATE_EXCEEDED, Reason.SPEND_LIMIT_REACHED),
    *(Reason.OVER_MAX_PRICE, Reason.INVALID_MESSAGE),
)


@dataclass(frozen=True)
class StudentReach:
    """One student: each linked guardian's row and how far a text would come."""

    guardians: tuple[tuple[Row, HowFar], ...]

    @property
    def passed(self) -> int:
        return max(far.passed for _, far in self.guardians)

    @property
    def is_reached(self) -> bool:
        return self.passed == len(STEPS)


def read_students(context: CommandContext) -> Iterator[StudentReach]:
    """Yield every active 16-19 student, by id.

    The connection can do nothing else until the last student is read.
    """
    settings = context.settings
    rows = stream(context.database, _query(context.source), _asked())
    for _, of_student in groupby(rows, key=lambda row: row["student_id"]):
        yield StudentReach(tuple((row, how_far(row, settings)) for row in of_student))


def counting(students: Iterable[StudentReach], counts: Counter[str]) -> Iterator[StudentReach]:
    """Yield the students, and count how many pass each step."""
    names = tuple(STEPS)
    for student in students:
        counts.update(names[: student.passed])
        yield student


def _asked() -> Mapping[str, Any]:
    return {
        "delivered": State.DELIVERED.value,
        "failures": (State.UNDELIVERED.value, State.FAILED.value),
        "others": tuple(reason.value for reason in _SAYS_NOTHING_OF_THE_NUMBER),
        "texts": TEXTS_THAT_TELL,
    }


def _query(source: Source) -> str:
    names = ",\n  ".join(f"{sql} AS {name}" for name, sql in names_sql(source).items())
    answers = ",\n  ".join(
        f"(({row.condition if row.can_be_asked_of(source) else 'TRUE'}) IS TRUE) AS {row.name}"
        for row in CRITERIA
    )
    return source.resolve(f"""
SELECT s.student_id, s.reference, gs.guardian_id, g.mobile,
  {names},
  {answers},
  failing.guardian_id IS NOT NULL AS fails
FROM source.students s
LEFT JOIN source.guardian_students gs ON gs.student_id = s.student_id
LEFT JOIN source.guardians g ON g.guardian_id = gs.guardian_id
LEFT JOIN ({_FAILING}) failing ON failing.guardian_id = gs.guardian_id
WHERE {criteria.condition("student_16_19")}
ORDER BY s.student_id, gs.guardian_id""")


# Guardians of whose last three texts with an outcome none arrived. Guardian 7, for example, with
# `delivered`, `undelivered`, `failed` and `undelivered`, oldest first, is one; guardian 8 with
# `undelivered`, `undelivered` and `delivered` is none, and guardian 9 with two texts is none. Only
# the guardians with three failures at any time are looked at: nearly all have fewer.
_FAILING = """
  SELECT outcome.guardian_id
  FROM (
    SELECT t.guardian_id, t.state,
      ROW_NUMBER() OVER (PARTITION BY t.guardian_id ORDER BY t.absence_date DESC, t.id DESC) AS ago
    FROM (
      SELECT failed.guardian_id FROM absence_texts failed WHERE failed.state IN %(failures)s
      GROUP BY failed.guardian_id HAVING COUNT(*) >= %(texts)s
    ) suspect
    JOIN absence_texts t ON t.guardian_id = suspect.guardian_id
    WHERE t.state = %(delivered)s
      OR (t.state IN %(failures)s AND COALESCE(t.reason, '') NOT IN %(others)s)
  ) outcome
  WHERE outcome.ago <= %(texts)s
  GROUP BY outcome.guardian_id
  HAVING COUNT(*) = %(texts)s AND SUM(outcome.state = %(delivered)s) = 0
"""
