"""What a row of the criteria's tables says, and the SQL of texts that several rows compare."""

from dataclasses import dataclass
from enum import Enum, auto

from absence_texts.source import Source


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
    optional_columns: tuple[str, ...] = ()
    """Columns that the condition reads and a college may lack: then the condition is not asked.

    For example `guardian_students.hide_attendance`.
    """
    setting: str = ""
    """An optional setting that the condition compares with. If it is not set, nothing is asked."""
    key_of: str = ""
    """The table whose key the condition asks for: not asked if the server keeps the key unique."""

    def is_asked_of(self, source: Source) -> bool:
        return self.key_of not in source.unique_tables and self.can_be_asked_of(source)

    def can_be_asked_of(self, source: Source) -> bool:
        """Say whether there is what the condition reads. If not, the condition holds."""
        has_setting = not self.setting or self.setting in source.settings
        return has_setting and source.columns.issuperset(self.optional_columns)


REPORT_COLUMNS = tuple(
    f"reported_absences.{name}" for name in ("student_id", "starts_at", "ends_at", "reported_at")
)
_REPORT_TIMES = ("report.starts_at", "report.ends_at", "report.reported_at")
# 2026-11-00 and 1970-01-01 are placeholders, as is 9999-12-31.
REPORT_CAN_BE_READ = " AND ".join(
    [
        *(f"{time} BETWEEN '2000-01-01' AND '8999-12-31'" for time in _REPORT_TIMES),
        *(f"MONTH({time}) * DAYOFMONTH({time}) > 0" for time in _REPORT_TIMES),
        "report.reported_at <= %(wall_clock)s",
    ]
)
"""A condition of a report: its three times are real, and it was made by now."""


def reports_of(student_id: str, lesson: str) -> str:
    """Return FROM and WHERE of the reports that cover the whole lesson, in SQL.

    A report from 09:00 to 11:00 covers a lesson from 10:00 to 11:00, and none that ends at 11:30:
    nobody has said that the student would be away then.
    """
    return (
        f"FROM source.reported_absences report WHERE report.student_id = {student_id}"
        f" AND report.starts_at <= {lesson}.starts_at AND report.ends_at >= {lesson}.ends_at"
        f" AND {REPORT_CAN_BE_READ}"
    )


def as_text(column: str) -> str:
    """Return SQL for the column's text, which compares alike under every collation."""
    return f"CONVERT({column} USING utf8mb4) COLLATE utf8mb4_bin"


def is_active(column: str) -> str:
    """Return a condition: the status is `active`, in any case and with any blanks around it."""
    return f"LOWER(TRIM({as_text(column)})) = 'active'"
