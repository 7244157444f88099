"""The steps of `doctor --prove` about writing: a row that is refused, and who waits for a run."""

from absence_texts.database import execute, fetch_all
from absence_texts.source import find_source
from absence_texts.vocabulary import Reason
from detect_absences.detection import Detection
from detect_absences.settings import DetectAbsencesSettings
from ops.doctor.proof.absences import FIRST_LESSON, SECOND_LESSON, Absence, at
from ops.doctor.proof.day import ProofDay, default_settings
from ops.doctor.proof.outcome import expect


def refuse_a_row(day: ProofDay) -> None:
    """Make one text too large for its column: the server refuses it, and takes the others."""
    _delete_texts(day)
    execute(day.database, "ALTER TABLE absence_texts MODIFY lesson_id TINYINT NOT NULL", {})
    jobs = day.detect(at(12, 45)).jobs
    expect("texts queued beside a refused row", len(jobs), len(Absence) - 1)
    decided = fetch_all(
        day.database,
        "SELECT criterion FROM absence_decisions WHERE lesson_id = %(lesson)s",
        {"lesson": SECOND_LESSON},
    )
    expect("reasons", [row["criterion"] for row in decided], [Reason.NOT_WRITTEN])


def _delete_texts(day: ProofDay) -> None:
    execute(day.database, "DELETE FROM pastoral_logs", {})
    execute(day.database, "DELETE FROM absence_texts", {})


def mark_during_a_run(day: ProofDay) -> None:
    """Change a register mark that an unfinished run has read: no tutor may have to wait."""
    tutor = day.schema.connect(eager=False)
    execute(tutor, "SET SESSION innodb_lock_wait_timeout = 1", {})
    detection = Detection(
        database=day.database,
        source=find_source(day.database, None),
        rules=default_settings(DetectAbsencesSettings).rules,
        moment=at(11, 30),
    )
    _delete_texts(day)
    day.database.begin()
    expect("texts claimed", detection.claim(), len(Absence) - 1)
    execute(
        tutor,
        "UPDATE register_marks SET mark = 'L' WHERE lesson_id = %(lesson)s",
        {"lesson": FIRST_LESSON},
    )
    day.database.rollback()
