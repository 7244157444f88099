"""The alarms of a deployed stage: which of them ring, as CloudWatch knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

_RINGS = "ALARM"
_NO_DATA = "INSUFFICIENT_DATA"


class _Paginator(Protocol):
    def paginate(self, **asked: str) -> Iterable[Mapping[str, Any]]: ...


class AlarmClient(Protocol):
    """The part of CloudWatch's client that is used here."""

    def get_paginator(self, operation_name: Literal["describe_alarms"], /) -> _Paginator: ...


@dataclass(frozen=True, kw_only=True)
class AlarmState:
    name: str
    """As a mail's subject ends: TextsLate."""
    sentence: str
    """What the alarm says, and its runbook."""
    since: datetime
    rings: bool
    has_data: bool


@dataclass(frozen=True, kw_only=True)
class StageAlarms:
    cloudwatch: AlarmClient
    stage: str

    def read(self) -> list[AlarmState]:
        """Return every alarm of the stage; raises botocore's errors."""
        pages = self.cloudwatch.get_paginator("describe_alarms").paginate(
            AlarmNamePrefix=self._prefix
        )
        return [self._state(alarm) for page in pages for alarm in page["MetricAlarms"]]

    def _state(self, alarm: Mapping[str, Any]) -> AlarmState:
        return AlarmState(
            name=alarm["AlarmName"].removeprefix(self._prefix),
            sentence=alarm.get("AlarmDescription", ""),
            since=alarm["StateUpdatedTimestamp"],
            rings=alarm["StateValue"] == _RINGS,
            has_data=alarm["StateValue"] != _NO_DATA,
        )

    @property
    def _prefix(self) -> str:
        """The stack's name and a hyphen: see infra/monitoring/alarms.py."""
        return f"AbsenceTexts-{self.stage}-"
