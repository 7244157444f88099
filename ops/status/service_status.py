"""Reads how the service is: the switch, the last run, the waiting texts and the alarms."""

from datetime import UTC, datetime, timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict

from absence_texts.database import Database, Row, fetch_all, fetch_one
from absence_texts.ledger import NOT_STARTED, State
from absence_texts.parameter_store import Sending
from ops.context import CommandContext
from ops.operator_actions import OperatorAction, last_switch
from ops.status.alarms import RingingAlarms, read_alarms

_SWITCHED_BY = {Sending.PAUSED: OperatorAction.PAUSE, Sending.ON: OperatorAction.RESUME}
_CLOCKS_DIFFER_BY = timedelta(minutes=5)


class ServiceStatus(BaseModel):
    """What `status --json` prints."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    as_of: AwareDatetime
    sending: str
    """`on` or `paused`. With any other value the functions send nothing."""
    since: AwareDatetime
    """When the switch got this value."""
    by: str | None
    """Who turned the switch; none if that is not recorded."""
    why: str | None
    last_run: AwareDatetime | None
    """The newest run of detection that came to its end."""
    waiting: int
    """Texts of today that have not left."""
    held: int
    """Texts of today that wait until a person releases them."""
    in_doubt: int
    """Texts of today that may have left."""
    alarms: RingingAlarms


def read_status(context: CommandContext) -> ServiceStatus:
    service, database = context.find_service(), context.database
    switch = service.read_switch()
    since = switch.changed_at + context.clock.offset
    author = _author(last_switch(database), switch.value, since)
    texts = _texts_by_state(context)
    return ServiceStatus(
        as_of=context.now.instant,
        sending=switch.value,
        since=since,
        by=author["acted_by"] if author else None,
        why=author["why"] if author else None,
        last_run=_last_run(database),
        waiting=sum(texts.get(state, 0) for state in NOT_STARTED),
        held=texts.get(State.HELD, 0),
        in_doubt=texts.get(State.IN_DOUBT, 0),
        alarms=read_alarms(service.alarms, context.clock.offset),
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


def _last_run(database: Database) -> datetime | None:
    found = fetch_one(database, "SELECT run_at FROM last_run", {})
    moment: datetime | None = found["run_at"].replace(tzinfo=UTC) if found else None
    return moment


def _texts_by_state(context: CommandContext) -> dict[str, int]:
    rows = fetch_all(
        context.database,
        "SELECT state, COUNT(*) AS texts FROM absence_texts"
        " WHERE absence_date = %(today)s AND state IN %(states)s GROUP BY state",
        {
            "today": context.now.today,
            "states": tuple(sorted(NOT_STARTED | {State.HELD, State.IN_DOUBT})),
        },
    )
    return {row["state"]: row["texts"] for row in rows}
