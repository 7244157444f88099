"""Whom a run at some instant would claim a text for, found without touching anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from absence_texts import criteria
from absence_texts.candidates import linked_guardians, parameters
from absence_texts.clock import CollegeTime
from absence_texts.database import Database, fetch_all
from absence_texts.identifiers import GuardianId, LessonId, StudentId
from ops.context import CommandContext

# A text of that day is what a comparison is with: it must not be its own obstacle.
_THE_LEDGERS = frozenset({"not_texted_today"})

type Two = tuple[StudentId, GuardianId]
"""There is at most one text a day for the two."""


@dataclass(frozen=True, order=True)
class ExpectedText:
    """A text that a run would claim."""

    starts_at: datetime
    reference: str
    guardian_id: GuardianId
    student_id: StudentId
    lesson_id: LessonId
    mobile: str | None = field(compare=False)

    @property
    def two(self) -> Two:
        return self.student_id, self.guardian_id


@contextmanager
def read_only(database: Database) -> Iterator[None]:
    """Let nothing be written inside: the server itself refuses."""
    with database.cursor() as cursor:
        cursor.execute("START TRANSACTION READ ONLY")
    try:
        yield
    finally:
        # A connection that was lost took its transaction along, and has its own failure to tell.
        if database.open:
            database.rollback()


def would_be_claimed(context: CommandContext, moment: CollegeTime) -> list[ExpectedText]:
    """Return what a run at the moment would claim, or claim again.

    It claims a cancelled text again only while the sending window is open.
    """
    claimed_now = "TRUE" if context.settings.window_is_open(moment) else "t.id IS NULL"
    return _candidates(context, moment, f"{criteria.all_hold()} AND {claimed_now}")


def should_be_out(context: CommandContext, moment: CollegeTime) -> list[ExpectedText]:
    """Return what all runs of the day up to the moment would have claimed by these data."""
    return _candidates(context, moment, criteria.all_hold(without=_THE_LEDGERS))


def _candidates(context: CommandContext, moment: CollegeTime, which: str) -> list[ExpectedText]:
    rows = fetch_all(
        context.database,
        f"""
SELECT m.student_id, m.lesson_id, m.starts_at, s.reference, gs.guardian_id, g.mobile
{linked_guardians(context.source)}
WHERE {which}""",
        parameters(moment, context.settings.rules),
    )
    return sorted(ExpectedText(**row) for row in rows)
