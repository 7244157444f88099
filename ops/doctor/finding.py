from dataclasses import dataclass
from enum import Enum

# information_schema and SHOW tell each user only of what it has a right on.
NOT_SEEN = "is missing, or this database user may not see it"
OWNERS_SECRET = "use the owner's secret (--secret)"  # noqa: S105 (words)


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
