"""A second reading of the account of the day, over what the oracle holds."""

from datetime import datetime

from tests.integration.property.oracle import WAITING, Oracle
from tests.integration.property.oracle_clock import CLOSES

NO_FIRST_ABSENCE = ("absent", "first_of_day", "not_texted_today")


def account(oracle: Oracle, now: datetime) -> dict[int, str]:
    """Return the outcome of each student with a first absence that was texted or decided about."""
    students = {student_id for student_id, _, _ in oracle.texts}
    students |= {student_id for _, student_id, _ in oracle.decisions}
    outcomes = {student_id: _outcome(oracle, student_id, now) for student_id in students}
    return {student_id: outcome for student_id, outcome in outcomes.items() if outcome}


def _outcome(oracle: Oracle, student_id: int, now: datetime) -> str | None:
    wall_clock = now.astimezone(oracle.zone)
    texts = [
        text
        for (student, _, day), text in oracle.texts.items()
        if (student, day) == (student_id, wall_clock.date())
    ]
    states = {text.state for text in texts}
    if not _is_16_19(oracle, student_id):
        return None
    if states & {"sent", "delivered"}:
        return "told"
    if states & {*WAITING, "sending"} and wall_clock.time() < CLOSES:
        return "on_its_way"
    reasons = [text.reason for text in texts if text.state in {"cancelled", "failed"}]
    reasons += [
        reason
        for (_, student, _), (day, reason) in oracle.decisions.items()
        if (student, day) == (student_id, wall_clock.date())
    ]
    of_absences = {reason for reason in reasons if reason not in NO_FIRST_ABSENCE}
    if of_absences == {"not_reported"} and not states & set(WAITING):
        return "reported"
    return "not_told" if of_absences or states & set(WAITING) else None


def _is_16_19(oracle: Oracle, student_id: int) -> bool:
    statuses = [student.status or "" for student in oracle.day.students_with(student_id)]
    return any(len(status) == 3 and status[0] == "C" for status in statuses)
