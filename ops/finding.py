from dataclasses import dataclass
from enum import Enum


class Weight(Enum):
    """How much a finding of doctor matters."""

    FAULT = "fault"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing that doctor found: where, what is wrong, and what to do."""

    subject: str
    says: str
    weight: Weight = Weight.FAULT
