"""Counts the absent marks of the day: the due ones, and the ones that can't be trusted."""

from absence_texts.candidates import MARKS, TODAY, absences
from absence_texts.criteria import condition
from absence_texts.data_checks import CLASH, DATA_CHECKS
from absence_texts.database import fetch_one
from absence_texts.ledger import State
from absence_texts.vocabulary import Count, data_problem
from detect_absences.detection import Detection


def count_absences(detection: Detection) -> dict[str, int]:
    """Count the absent marks that are due and, for each data check, those that fail it.

    A mark is counted once, however many rows it has and however many guardians fail the check.
    """
    checks = [check for check in DATA_CHECKS if check.key_of not in detection.source.unique_tables]
    failing = "".join(
        f",\n  MAX(({check.condition}) IS NOT TRUE) AS {check.name}" for check in checks
    )
    sums = "".join(f", COALESCE(SUM({check.name}), 0) AS {check.name}" for check in checks)
    found = fetch_one(
        detection.database,
        detection.source.resolve(f"""
SELECT COALESCE(SUM(due), 0) AS due{sums}
FROM (
  SELECT MAX({TODAY} AND {condition("due")}) AS due{failing}
  {absences(detection.source)}
  GROUP BY m.lesson_id, m.student_id
) mark"""),
        detection.parameters,
    )
    broken = {data_problem(check.name): 0 for check in DATA_CHECKS}
    broken |= {data_problem(check.name): int((found or {})[check.name]) for check in checks}
    return {Count.DUE: int((found or {})["due"])} | broken


def count_timetable_clashes(detection: Detection) -> int:
    """Count the absences texted about by this run that another register contradicts."""
    found = fetch_one(
        detection.database,
        detection.source.resolve(f"""
SELECT COUNT(DISTINCT t.lesson_id, t.student_id) AS clashes
FROM absence_texts t
JOIN {MARKS} m ON m.lesson_id = t.lesson_id AND m.student_id = t.student_id
WHERE t.absence_date = %(today)s AND t.state = '{State.PENDING}' AND t.pending_at = %(now)s
  AND {TODAY} AND {CLASH}"""),
        detection.parameters,
    )
    return int((found or {})["clashes"])
