"""What happens during a generated day."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime

from absence_texts.database import Value
from db.source.tables import Record
from tests.integration.property.generated_day import GeneratedDay


@dataclass(frozen=True)
class Run:
    at: datetime


@dataclass(frozen=True)
class Deliver:
    at: datetime


@dataclass(frozen=True)
class Change:
    """From now on a record's column holds another value."""

    record: Record
    column: str
    value: Value

    def apply(self, _day: GeneratedDay) -> None:
        setattr(self.record, self.column, self.value)


@dataclass(frozen=True)
class Repeat:
    """From now on a record is there once more, perhaps with another value in a column."""

    record: Record
    column: str
    value: Value

    def apply(self, day: GeneratedDay) -> None:
        twin = copy(self.record)
        setattr(twin, self.column, self.value)
        day.rows_like(self.record).append(twin)


@dataclass(frozen=True)
class Remove:
    """From now on a record is not there."""

    record: Record

    def apply(self, day: GeneratedDay) -> None:
        rows = day.rows_like(self.record)
        rows[:] = [row for row in rows if row is not self.record]


type Event = Change | Repeat | Remove
type Step = Run | Deliver | Event
