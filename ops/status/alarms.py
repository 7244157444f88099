"""Which alarms ring, as `status` tells. If CloudWatch does not answer, `status` says so."""

from datetime import timedelta

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import AwareDatetime, BaseModel, ConfigDict

from ops.stage_alarms import AlarmState, StageAlarms


class RingingAlarm(BaseModel):
    model_config = ConfigDict(frozen=True)

    name: str
    sentence: str
    """What the alarm says, and its runbook."""
    since: AwareDatetime


class RingingAlarms(BaseModel):
    """The alarms that ring now."""

    model_config = ConfigDict(frozen=True)

    ringing: tuple[RingingAlarm, ...] = ()
    not_known_because: str | None = None
    """Why another alarm may ring; none if CloudWatch has told of every alarm."""


def read_alarms(alarms: StageAlarms, clock_offset: timedelta) -> RingingAlarms:
    """Ask CloudWatch. If it does not answer, return why."""
    try:
        states = alarms.read()
    except (BotoCoreError, ClientError) as error:
        return RingingAlarms(not_known_because=f"CloudWatch did not tell: {error}")
    return RingingAlarms(
        ringing=tuple(_ringing(state, clock_offset) for state in states if state.rings),
        not_known_because=_doubt(states),
    )


def _ringing(state: AlarmState, clock_offset: timedelta) -> RingingAlarm:
    since = state.since + clock_offset
    return RingingAlarm(name=state.name, sentence=state.sentence, since=since)


def _doubt(states: list[AlarmState]) -> str | None:
    if not states:
        return "CloudWatch has no alarm of this stage."
    if not any(state.has_data for state in states):
        return "no alarm has data yet. The local stack never gives its alarms data."
    return None
