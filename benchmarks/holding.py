"""Times the step of a run that looks for texts to hold."""

import time
from datetime import timedelta

from absence_texts.database import Database, execute
from benchmarks.settings import SETTINGS, TODAY
from detect_absences.detection import Detection
from detect_absences.holding import Holding

_WEEKS = 8
_NOTES_A_DAY = 24
_USUAL = 1_000_000
"""Of a college in which one mark in twelve is an `O`, at any size that is measured."""


def time_hold(database: Database, detection: Detection, times: int) -> float:
    """Time the step with the texts of one claim waiting, and those of earlier claims delivered."""
    execute(
        database,
        "UPDATE absence_texts SET state = 'delivered'"
        " WHERE absence_date = %(today)s AND pending_at < %(now)s",
        {"today": TODAY, "now": detection.moment.utc},
    )
    _note_weeks(database)
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        held = Holding(detection, SETTINGS.limits).hold()
        seconds.append(time.perf_counter() - start)
        assert held == 0, "the generated day looks ordinary"  # noqa: S101 (else it times the holding)
    return min(seconds)


def _note_weeks(database: Database) -> None:
    """Note what is usual, as the runs of the last weeks would have."""
    days = [TODAY - timedelta(days=ago) for ago in range(1, 7 * _WEEKS)]
    notes = [
        (day, f"{8 + number // 2:02}:{30 * (number % 2):02}", _USUAL)
        for day in days
        for number in range(_NOTES_A_DAY)
    ]
    with database.cursor() as cursor:
        cursor.executemany("REPLACE INTO texts_so_far VALUES (%s, %s, %s)", notes)
