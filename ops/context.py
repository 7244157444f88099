"""What every command is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from rich.console import Console

from absence_texts.clock import Clock, CollegeTime
from absence_texts.database import Database
from absence_texts.source import Source, find_source
from infra.stages.stage import Stage
from ops.operator_actions import OperatorAction
from ops.service import Service
from ops.target import OpsSettings


class OpenSchema(Protocol):
    """Opens another connection to the target's server, as the functions open theirs."""

    def __call__(self, schema: str, *, eager: bool) -> Database:
        """Open a connection to a schema of the same server; `eager` as in `connect`."""
        ...


@dataclass(frozen=True, kw_only=True)
class CommandContext:
    database: Database
    settings: OpsSettings
    clock: Clock
    console: Console
    open_schema: OpenSchema
    find_service: Callable[[], Service]
    """Returns what is deployed around the database; raises NoTargetError."""
    find_operator: Callable[[], str]
    """Returns who types the command."""

    @property
    def source(self) -> Source:
        optional = self.settings.rules.optional_settings
        return find_source(self.database, self.settings.source_schema, optional)

    @property
    def now(self) -> CollegeTime:
        return self.clock.now()


@dataclass(frozen=True, kw_only=True)
class AccountContext:
    """What a command is given that asks about a stage's account, whether it is deployed or not."""

    stage: Stage
    client: Callable[[str], Any]
    """Returns boto3's client of a service in the stage's region."""
    console: Console


@dataclass(frozen=True, kw_only=True)
class SwitchContext:
    """What a command is given that must work when the database is away."""

    service: Service
    console: Console
    record: Callable[[OperatorAction, str | None], None]
    """Records the action and the reason typed, or says that they could not be recorded."""
