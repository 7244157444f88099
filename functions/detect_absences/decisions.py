"""Records why there is no text about an absence, and deletes what holds no more."""

from absence_texts import criteria
from absence_texts.candidates import (
    DUE_OR_NEVER,
    MARKS,
    RECORDED_GUARDIAN,
    STORABLE,
    TODAY,
    linked_guardians,
)
from absence_texts.criteria import condition
from absence_texts.data_checks import GUARDIAN_ID_FITS
from absence_texts.database import execute, fetch_all
from absence_texts.identifiers import NO_GUARDIAN
from absence_texts.vocabulary import Reason
from detect_absences.detection import Detection
from detect_absences.row_writer import Insert

_GUARDIANS = "FROM source.guardian_students gs WHERE gs.student_id = decided.student_id"


def decide(detection: Detection, *, otherwise: Reason | None = None) -> int:
    """Record the first criterion that fails for each absence and guardian without a text about it.

    A student to whom no guardian is linked has a decision under `NO_GUARDIAN`. `otherwise` is the
    reason if none fails. A text about the absence, also a cancelled one, has its reason in the
    ledger. An unchanged decision keeps its time. REPLACE, because MariaDB 10.11 drops the WHERE of
    an INSERT ... SELECT whose ON DUPLICATE KEY UPDATE names the derived table's columns. DISTINCT,
    because a college's view may hold a row twice. Return the rows written: one for a new decision,
    two for a changed one.
    """
    reason = f"'{otherwise}'" if otherwise else "NULL"
    source = detection.source
    return detection.write(
        Insert(
            into="REPLACE INTO absence_decisions"
            " (lesson_id, student_id, guardian_id, absence_date, criterion, decided_at)",
            select=f"""
SELECT decided.lesson_id, decided.student_id, decided.guardian_id, %(today)s AS absence_date,
  decided.criterion, %(now)s AS decided_at
FROM (
  SELECT DISTINCT STRAIGHT_JOIN m.lesson_id, m.student_id, {RECORDED_GUARDIAN} AS guardian_id,
    COALESCE({criteria.first_failing(source)}, {reason}) AS criterion
  {linked_guardians(source, or_none=True)}
  WHERE {DUE_OR_NEVER} AND {STORABLE} AND (t.id IS NULL OR t.lesson_id <> m.lesson_id)
) decided
LEFT JOIN absence_decisions known ON known.lesson_id = decided.lesson_id
  AND known.student_id = decided.student_id AND known.guardian_id = decided.guardian_id
WHERE decided.criterion IS NOT NULL
  AND (known.criterion IS NULL OR known.criterion <> decided.criterion
    OR known.absence_date <> %(today)s)
ORDER BY decided.lesson_id, decided.student_id, decided.guardian_id""",
        )
    )


def delete_outdated_decisions(detection: Detection) -> int:
    """Delete today's decisions that have lost their absence, link or lack of a text.

    Return how many. They are found first and then deleted, because a DELETE that joins the ledger
    would lock it.
    """
    outdated = fetch_all(
        detection.database,
        detection.source.resolve(f"""
SELECT decided.lesson_id, decided.student_id, decided.guardian_id
FROM absence_decisions decided
WHERE decided.absence_date = %(today)s AND (
  EXISTS (SELECT 1 FROM absence_texts t WHERE t.absence_date = decided.absence_date
    AND t.student_id = decided.student_id AND t.guardian_id = decided.guardian_id
    AND t.lesson_id = decided.lesson_id)
  OR NOT EXISTS (SELECT 1 FROM {MARKS} m WHERE m.lesson_id = decided.lesson_id
    AND m.student_id = decided.student_id AND {TODAY} AND {condition("absent")}
    AND {DUE_OR_NEVER})
  OR CASE decided.guardian_id WHEN {NO_GUARDIAN}
    THEN EXISTS (SELECT 1 {_GUARDIANS})
      AND NOT EXISTS (SELECT 1 {_GUARDIANS} AND ({GUARDIAN_ID_FITS}) IS NOT TRUE)
    ELSE NOT EXISTS (SELECT 1 {_GUARDIANS} AND gs.guardian_id = decided.guardian_id) END)"""),
        detection.parameters,
    )
    return sum(
        execute(
            detection.database,
            "DELETE FROM absence_decisions WHERE lesson_id = %(lesson_id)s"
            " AND student_id = %(student_id)s AND guardian_id = %(guardian_id)s",
            decision,
        )
        for decision in outdated
    )
