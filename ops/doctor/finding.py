from dataclasses import dataclass
from enum import StrEnum

from rich.text import Text

from ops.listing import ListedModel
from ops.tables import Cells

# information_schema and SHOW list only what the connected user has a right on.
NOT_SEEN = "is missing, or this database user may not see it"
OWNERS_SECRET = "use the owner's secret (--secret)"  # noqa: S105 (words)


class Severity(StrEnum):
    """A fault stops texts or loses them; a note is for a person to judge."""

    FAULT = "fault"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """What `doctor` found: about which thing, what is wrong with it, and what to do."""

    subject: str
    message: str
    severity: Severity = Severity.FAULT


HEADINGS = ("", "where", "what")


class FindingRow(ListedModel):
    severity: Severity
    where: str
    """The table, column or check."""
    what: str
    """What is wrong, and what to do."""

    def cells(self) -> Cells:
        return _SIGNS[self.severity], self.where, self.what


_SIGNS = {Severity.FAULT: Text("✗", "red"), Severity.NOTE: Text("!", "yellow")}


def finding_row(found: Finding) -> FindingRow:
    return FindingRow(severity=found.severity, where=found.subject, what=found.message)
