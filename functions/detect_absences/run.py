"""One run of the schedule: claim, decide, expire, hold and queue, each step counted."""

from collections.abc import Callable

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, Row
from absence_texts.source import find_source
from absence_texts.vocabulary import Count, Reason
from detect_absences.absence_counts import count_absences, count_timetable_clashes
from detect_absences.corrections import cancel_corrected
from detect_absences.decisions import decide, delete_outdated_decisions
from detect_absences.detection import Detection
from detect_absences.holding import Holding, newest_text
from detect_absences.last_run import note_run
from detect_absences.outbox import Queue, enqueue
from detect_absences.settings import DetectAbsencesSettings


def run(  # noqa: PLR0913 (all but three by keyword)
    database: Database,
    queue: Queue,
    settings: DetectAbsencesSettings,
    moment: CollegeTime,
    *,
    is_paused: Callable[[], bool],
    note_left_out: Callable[[Row], None] = lambda _row: None,
) -> dict[str, int]:
    """Do one run as of `moment` and return the count of each step.

    `note_left_out` is told of each row that the server refused to write.
    """
    detection = Detection(
        database=database,
        source=find_source(database, settings.source_schema, settings.rules.optional_settings),
        rules=settings.rules,
        moment=moment,
    )
    has_closed = settings.window_has_closed(moment)
    counts = _find(detection, has_closed=has_closed)
    for row in detection.left_out:
        note_left_out(row)
    counts[Count.EXPIRED] = detection.cancel_what_came_too_late(window_has_closed=has_closed)
    counts[Count.ABANDONED] = detection.doubt_abandoned()
    counts |= count_absences(detection)
    newest = newest_text(detection)
    counts[Count.HELD] = Holding(detection, settings.limits).hold()
    window_is_open = settings.window_is_open(moment)
    paused = window_is_open and is_paused()
    counts[Count.PAUSED] = int(paused)
    counts[Count.QUEUED], counts[Count.NOT_QUEUED] = (
        enqueue(database, queue, moment, up_to=newest) if window_is_open and not paused else (0, 0)
    )
    note_run(database, moment)
    return counts


def _find(detection: Detection, *, has_closed: bool) -> dict[str, int]:
    """Claim what can be claimed, and record a reason for all else."""
    counts: dict[str, int] = {Count.CORRECTED: cancel_corrected(detection)}
    counts[Count.CLAIMED] = detection.claim()
    counts[Count.CLAIMED_AGAIN] = 0 if has_closed else detection.claim_again()
    counts[Count.TIMETABLE_CLASHES] = count_timetable_clashes(detection)
    unclaimed = Reason.NOT_WRITTEN if detection.left_out else None
    reason = Reason.WINDOW_CLOSED if has_closed else unclaimed
    counts[Count.DECIDED] = decide(detection, otherwise=reason)
    counts[Count.OVERTAKEN] = delete_outdated_decisions(detection)
    counts[Count.LEFT_OUT] = len(detection.left_out)
    return counts
