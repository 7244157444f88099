"""Reads how the service is: the switch, the last run, the waiting texts and the alarms."""

from datetime import UTC, datetime, timedelta

from pydantic import AwareDatetime

from absence_texts.activity import Activity, read_activity
from absence_texts.database import Row
from absence_texts.parameter_store import Sending
from ops.context import CommandContext
from ops.operator_actions import OperatorAction, last_switch
from ops.status.alarms import RingingAlarms, read_alarms

_SWITCHED_BY = {Sending.PAUSED: OperatorAction.PAUSE, Sending.ON: OperatorAction.RESUME}
_CLOCKS_DIFFER_BY = timedelta(minutes=5)


class ServiceStatus(Activity):
    """What `status --json` prints."""

    as_of: AwareDatetime
    sending: str
    """`on` or `paused`. With any other value the functions send nothing."""
    since: AwareDatetime
    """When the switch got this value."""
    by: str | None
    """Who turned the switch; none if that is not recorded."""
    why: str | None
    alarms: RingingAlarms


def read_status(context: CommandContext) -> ServiceStatus:
    service, database = context.find_service(), context.database
    switch = service.read_switch()
    since = switch.changed_at + context.clock.offset
    author = _author(last_switch(database), switch.value, since)
    activity = read_activity(database, context.now)
    return ServiceStatus(
        as_of=context.now.instant,
        sending=switch.value,
        since=since,
        by=author["acted_by"] if author else None,
        why=author["why"] if author else None,
        alarms=read_alarms(service.alarms, context.clock.offset),
        **dict(activity),
    )


def _author(recorded: Row | None, value: str, since: datetime) -> Row | None:
    """Return the recorded action if it is what turned the switch to its present value.

    The switch may have been turned in AWS's console, or while the database was away.
    """
    if not recorded or value not in set(Sending):
        return None
    is_it = recorded["action"] == _SWITCHED_BY[Sending(value)]
    apart = abs(recorded["acted_at"].replace(tzinfo=UTC) - since)
    return recorded if is_it and apart <= _CLOCKS_DIFFER_BY else None
