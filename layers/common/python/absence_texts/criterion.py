"""What a row of the criteria's tables says, and the SQL of texts that several rows compare."""

from dataclasses import dataclass
from enum import Enum, auto


class AsksOf(Enum):
    """Whose columns a criterion reads.

    Two marks of one student, guardian and day may answer a criterion of the mark differently. They
    always answer every other criterion alike.
    """

    MARK = auto()
    """A register mark with its lesson: the alias `m`."""
    STUDENT = auto()
    """The alias `s`."""
    GUARDIAN = auto()
    """The link, the guardian's account and the day's text: the aliases `gs`, `g` and `t`."""


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One rule: its sentence, how the database answers it, and what `explain` shows.

    `condition` is SQL over the aliases that `candidates.py` joins. `source.lessons` in it is the
    college's table of that name. `fact` is shown beside the answer: each `{...}` in it is SQL over
    the same aliases, and may end in `:masked`, `:plain` or `:unsupported`.
    """

    name: str
    sentence: str
    asks_of: AsksOf
    condition: str
    fact: str
    not_met: str
    """What staff read as the reason if the condition does not hold."""
    uses_up_the_day: bool = False
    """If so, a mark for which the condition does not hold is never the first of the day."""
    optional_column: str = ""
    """The condition reads this column, which a college may lack: then the condition is not asked.

    For example `guardian_students.hide_attendance`.
    """
    key_of: str = ""
    """The table whose key the condition asks for: not asked if the server keeps the key unique."""


def as_text(column: str) -> str:
    """Return SQL for the column's text, which compares alike under every collation."""
    return f"CONVERT({column} USING utf8mb4) COLLATE utf8mb4_bin"


def is_active(column: str) -> str:
    """Return a condition: the status is `active`, in any case and with any blanks around it."""
    return f"LOWER(TRIM({as_text(column)})) = 'active'"
