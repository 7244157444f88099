"""What every command works with."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console

from absence_texts.clock import Clock, CollegeTime
from absence_texts.database import Database
from absence_texts.source import Source, find_source
from ops.service import Service
from ops.target import NoTargetError, OpsSettings


def no_service() -> Service:
    raise NoTargetError(
        "This command works on a deployed stage: name its function with --function."
    )


@dataclass(frozen=True, kw_only=True)
class CommandContext:
    database: Database
    settings: OpsSettings
    clock: Clock
    console: Console
    find_service: Callable[[], Service] = no_service
    """What is deployed around the database; raises NoTargetError."""

    @property
    def source(self) -> Source:
        return find_source(self.database, self.settings.source_schema)

    @property
    def now(self) -> CollegeTime:
        return self.clock.now()
