"""One run of the schedule: find, claim, decide, expire and queue, each step counted."""

from collections.abc import Callable

from absence_texts.clock import CollegeTime
from absence_texts.database import Database
from absence_texts.source import find_source
from absence_texts.vocabulary import Count
from detect_absences.detection import Detection
from detect_absences.outbox import Queue, enqueue
from detect_absences.settings import DetectAbsencesSettings


def run(
    database: Database,
    queue: Queue,
    settings: DetectAbsencesSettings,
    moment: CollegeTime,
    *,
    is_paused: Callable[[], bool],
) -> dict[str, int]:
    """Do one run as of `moment` and return the count of each step."""
    detection = Detection(
        database=database,
        source=find_source(database, settings.source_schema),
        rules=settings.rules,
        moment=moment,
    )
    window_is_open = settings.window_is_open(moment)
    counts: dict[str, int] = {Count.CLAIMED: detection.claim()}
    counts[Count.CLAIMED_AGAIN] = detection.claim_again() if window_is_open else 0
    counts[Count.DECIDED] = detection.decide()
    counts[Count.OVERTAKEN] = detection.forget_decisions_overtaken()
    counts[Count.EXPIRED] = detection.cancel_what_came_too_late(
        window_has_closed=settings.window_has_closed(moment)
    )
    counts[Count.ABANDONED] = detection.doubt_abandoned()
    counts |= detection.count_absences()
    paused = window_is_open and is_paused()
    counts[Count.PAUSED] = int(paused)
    counts[Count.QUEUED], counts[Count.NOT_QUEUED] = (
        enqueue(database, queue, moment) if window_is_open and not paused else (0, 0)
    )
    return counts
