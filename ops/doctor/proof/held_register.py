"""The step of `doctor --prove` in which a register is held, corrected and released."""

from datetime import timedelta

from absence_texts.clock import CollegeTime
from absence_texts.database import fetch_all
from absence_texts.ledger import State, release
from ops.doctor.proof.absences import FIRST_LESSON, Absence, at
from ops.doctor.proof.day import ProofDay
from ops.doctor.proof.outcome import expect

_MOST_OF_A_REGISTER = {"hold_percent_absent": 40, "hold_percent_absent_from": 1}


def check_held_register(day: ProofDay) -> None:
    """Hold a register, correct a mark of it, hold the text once more, and release all texts."""
    texts = len(Absence) - 1
    for seconds, (mark, held) in enumerate((("O", texts), ("/", texts - 1), ("O", texts))):
        day.change(
            "UPDATE register_marks SET mark = %(mark)s WHERE student_id = %(id)s",
            mark=mark,
            id=Absence.CORRECTED.student,
        )
        queue = day.detect(seconds_after_due(seconds), limits=_MOST_OF_A_REGISTER)
        expect("texts queued of a held register", len(queue.jobs), 0)
        expect("texts held", len(_held(day)), held)
    release(day.database, [FIRST_LESSON], seconds_after_due(3))
    expect("texts held after the release", len(_held(day)), 0)


def seconds_after_due(seconds: int) -> CollegeTime:
    """Return a moment just after 11:30, when the texts about the first lesson are due."""
    due = at(11, 30)
    return CollegeTime(due.instant + timedelta(seconds=seconds), due.zone)


def _held(day: ProofDay) -> list[int]:
    rows = fetch_all(
        day.database,
        "SELECT id FROM absence_texts WHERE state = %(held)s",
        {"held": State.HELD.value},
    )
    return [row["id"] for row in rows]
