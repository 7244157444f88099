from dataclasses import dataclass
from enum import Enum

# information_schema and SHOW list only what the connected user has a right on.
NOT_SEEN = "is missing, or this database user may not see it"
OWNERS_SECRET = "use the owner's secret (--secret)"  # noqa: S105 (words)


class Severity(Enum):
    """A fault stops texts or loses them; a note is for a person to judge."""

    FAULT = "fault"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """What `doctor` found: about which thing, what is wrong with it, and what to do."""

    subject: str
    message: str
    severity: Severity = Severity.FAULT
