"""How the service is, in sentences: what `status` prints and the page of the day begins with."""

from collections.abc import Iterator

from absence_texts.activity import activity_sentences, shown
from absence_texts.clock import CollegeTime
from absence_texts.parameter_store import Sending
from ops.status.alarms import RingingAlarms
from ops.status.service_status import ServiceStatus

_NEITHER = (
    f"Sending is neither {Sending.ON} nor {Sending.PAUSED}, and no text leaves: type `pause` or"
    " `resume`. The switch holds"
)


def status_sentences(status: ServiceStatus, now: CollegeTime) -> Iterator[str]:
    """Yield whether sending is on, when the last run was, what waits, and which alarms ring."""
    by = f"by {status.by}" if status.by else "who did it is not recorded"
    why = f": {status.why}" if status.why else ""
    if status.sending == Sending.PAUSED:
        yield f"Sending is PAUSED since {shown(status.since, now)}, {by}{why}."
    elif status.sending == Sending.ON:
        resumed = f" since {shown(status.since, now)}, {by}{why}" if status.by else ""
        yield f"Sending is on{resumed}."
    else:
        yield f"{_NEITHER} “{status.sending}”."
    yield from activity_sentences(status, now)
    yield from _alarms(status.alarms, now)


def _alarms(alarms: RingingAlarms, now: CollegeTime) -> Iterator[str]:
    for alarm in alarms.ringing:
        yield f"ALARM {alarm.name} since {shown(alarm.since, now)}: {alarm.sentence}"
    if alarms.not_known_because:
        yield f"Whether alarms ring is not known: {alarms.not_known_because}"
    elif not alarms.ringing:
        yield "No alarm rings."
