"""What every command works with."""

from dataclasses import dataclass

from rich.console import Console

from absence_texts.candidates import Source, find_source
from absence_texts.clock import Clock, CollegeTime
from absence_texts.database import Database
from ops.place import OpsSettings


@dataclass(frozen=True, kw_only=True)
class Desk:
    database: Database
    settings: OpsSettings
    clock: Clock
    console: Console

    @property
    def source(self) -> Source:
        return find_source(self.database, self.settings.source_schema)

    @property
    def now(self) -> CollegeTime:
        return self.clock.now()
