"""What became of a text, or what was decided against it, in the college's time."""

from zoneinfo import ZoneInfo

from absence_texts.database import Database, Row, fetch_one
from absence_texts.identifiers import AbsenceTextId, GuardianId, LessonId, StudentId
from absence_texts.ledger import State
from ops.college_times import clock_time, from_utc

_WORDS = {State.PENDING: "claimed", State.IN_DOUBT: "in doubt"}


def history_of_text(database: Database, text_id: AbsenceTextId, zone: ZoneInfo) -> str:
    """Return its states in the order it came to them: claimed 11:35, sent 11:36."""
    text = fetch_one(database, "SELECT * FROM absence_texts WHERE id = %(id)s", {"id": text_id})
    if text is None:
        return "no text"
    states = ", ".join(_states(text, zone))
    return f"{states} ({text['reason']})" if text["reason"] else states


def _states(text: Row, zone: ZoneInfo) -> list[str]:
    """Return each state reached, with its time; those of one instant in their usual order."""
    reached = [(text[f"{state}_at"], order, state) for order, state in enumerate(State)]
    return [
        f"{_WORDS.get(state, state.value)} {clock_time(from_utc(at, zone))}"
        for at, _, state in sorted(found for found in reached if found[0])
    ]


def decision_against(
    database: Database, lesson: LessonId, student: StudentId, guardian: GuardianId, zone: ZoneInfo
) -> str:
    """Return what a run recorded: the first criterion that failed then."""
    decided = fetch_one(
        database,
        "SELECT criterion, decided_at FROM absence_decisions WHERE lesson_id = %(lesson)s"
        " AND student_id = %(student)s AND guardian_id = %(guardian)s",
        {"lesson": lesson, "student": student, "guardian": guardian},
    )
    if decided is None:
        return "no text, and no run has decided about it"
    decided_at = clock_time(from_utc(decided["decided_at"], zone))
    return f"no text: {decided['criterion']} failed, decided {decided_at}"
