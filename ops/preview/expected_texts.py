"""The texts that a run at some instant would claim; the database refuses every change."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from absence_texts import criteria
from absence_texts.candidates import linked_guardians, parameters
from absence_texts.clock import CollegeTime
from absence_texts.database import Database, Row, fetch_all
from absence_texts.identifiers import GuardianId, LessonId, StudentId
from ops.context import CommandContext
from ops.people.names import guardian_name, names_sql, student_name

# A comparison asks which texts should exist: a text that exists must not exclude itself.
_LEDGER_CRITERIA = frozenset({"not_texted_today"})

type TextKey = tuple[StudentId, GuardianId]
"""The ledger has at most one text a day for a student and guardian."""


@dataclass(frozen=True, order=True)
class ExpectedText:
    """A text that a run would claim."""

    starts_at: datetime
    reference: str
    guardian_id: GuardianId
    student_id: StudentId
    lesson_id: LessonId
    mobile: str | None = field(compare=False)
    student_name: str = field(compare=False)
    guardian_name: str = field(compare=False)

    @property
    def key(self) -> TextKey:
        return self.student_id, self.guardian_id


@contextmanager
def read_only(database: Database) -> Iterator[None]:
    """Run what is inside in a transaction in which the server refuses to write."""
    with database.cursor() as cursor:
        cursor.execute("START TRANSACTION READ ONLY")
    try:
        yield
    finally:
        # A lost connection has ended its transaction, and its error must reach the user.
        if database.open:
            database.rollback()


def would_be_claimed(context: CommandContext, moment: CollegeTime) -> list[ExpectedText]:
    """Return the texts that a run at this moment would claim.

    A run claims no cancelled text again after the sending window has closed.
    """
    claimable = "t.id IS NULL" if context.settings.window_has_closed(moment) else "TRUE"
    return _find(context, moment, f"{criteria.all_hold(context.source)} AND {claimable}")


def should_be_sent(context: CommandContext, moment: CollegeTime) -> list[ExpectedText]:
    """Return the texts that the runs of the day up to this moment would claim by today's data."""
    return _find(context, moment, criteria.all_hold(context.source, without=_LEDGER_CRITERIA))


def _find(context: CommandContext, moment: CollegeTime, condition: str) -> list[ExpectedText]:
    rows = fetch_all(
        context.database,
        f"""
SELECT m.student_id, m.lesson_id, m.starts_at, s.reference, gs.guardian_id, g.mobile,
  {", ".join(f"{sql} AS {name}" for name, sql in names_sql(context.source).items())}
{linked_guardians(context.source)}
WHERE {condition}""",
        parameters(moment, context.settings.rules),
    )
    return sorted(map(_expected_text, rows))


def _expected_text(row: Row) -> ExpectedText:
    return ExpectedText(
        starts_at=row["starts_at"],
        reference=row["reference"],
        guardian_id=row["guardian_id"],
        student_id=row["student_id"],
        lesson_id=row["lesson_id"],
        mobile=row["mobile"],
        student_name=student_name(row),
        guardian_name=guardian_name(row),
    )
