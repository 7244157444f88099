"""Who would be texted by a run at some instant, found without touching anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from absence_texts import criteria
from absence_texts.candidates import linked_guardians, parameters
from absence_texts.clock import CollegeTime
from absence_texts.database import Database, fetch_all
from absence_texts.identifiers import GuardianId, StudentId
from absence_texts.ledger import State
from ops.desk import Desk

WENT_OUT = (State.SENT, State.DELIVERED, State.UNDELIVERED)


@dataclass(frozen=True, order=True)
class Candidate:
    """A text that a run would claim, or that the ledger says was sent."""

    starts_at: datetime
    reference: str
    guardian_id: GuardianId
    student_id: StudentId
    mobile: str | None = field(compare=False)


@contextmanager
def untouched(database: Database) -> Iterator[None]:
    """Let nothing be written inside: the server itself refuses."""
    with database.cursor() as cursor:
        cursor.execute("START TRANSACTION READ ONLY")
    try:
        yield
    finally:
        database.rollback()


def would_be_texted(
    desk: Desk, moment: CollegeTime, *, without: frozenset[str] = frozenset()
) -> list[Candidate]:
    """Return those for whom every criterion holds at the moment, but for those left `without`."""
    return _candidates(
        desk,
        f"""
SELECT m.student_id, m.starts_at, s.reference, gs.guardian_id, g.mobile
{linked_guardians(desk.source)}
WHERE {criteria.all_hold(without)}""",
        parameters(moment, desk.settings.rules),
    )


def were_sent(desk: Desk, moment: CollegeTime) -> list[Candidate]:
    """Return what the ledger says was sent on the moment's day."""
    source = desk.source
    return _candidates(
        desk,
        f"""
SELECT t.student_id, lesson.starts_at, s.reference, t.guardian_id, g.mobile
FROM absence_texts t
JOIN {source.table("lessons")} lesson ON lesson.lesson_id = t.lesson_id
JOIN {source.table("students")} s ON s.student_id = t.student_id
LEFT JOIN {source.table("guardians")} g ON g.guardian_id = t.guardian_id
WHERE t.absence_date = %(today)s AND t.state IN %(went_out)s""",
        {"today": moment.today, "went_out": WENT_OUT},
    )


def _candidates(desk: Desk, sql: str, values: dict[str, object]) -> list[Candidate]:
    return sorted(Candidate(**row) for row in fetch_all(desk.database, sql, values))
