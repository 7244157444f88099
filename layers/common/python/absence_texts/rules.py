"""The settings that decide who gets a text."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The settings that the criteria's conditions depend on."""

    absent_mark: str
    wait: timedelta
    longest_reference: int
