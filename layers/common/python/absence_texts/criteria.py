"""The criteria: the college's words and, beside each, the condition that decides it in SQL.

Detection, the check before sending, `absence_decisions` and `explain` all derive from this table.
The aliases that a condition may use are those of `candidates.py`:
`m` a register mark of the day with its lesson, `s` the student, `gs` the link, `g` the guardian's
portal account, `t` the day's text for the two.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Criterion(NamedTuple):
    name: str
    sentence: str
    condition: str

    @property
    def asks_of_the_mark(self) -> bool:
        """Whether the answer may differ between two lessons of one student, guardian and day."""
        return "m." in self.condition


# Exact to the letter and to the byte: the usual collations ignore case, accents and final spaces.
_ABSENT = (
    "CAST(CONVERT(m.mark USING utf8mb4) AS BINARY)"
    " = CAST(CONVERT(%(absent_mark)s USING utf8mb4) AS BINARY)"
)

UNSUPPORTED_CHARACTER = "[^ -Z_a-z]"
"""As a regular expression: a character that some phone's alphabet lacks."""

CRITERIA = (
    Criterion(
        "absent",
        "marked O (absent)",
        # The plain comparison is the one that an index answers.
        f"m.mark = %(absent_mark)s AND {_ABSENT}",
    ),
    Criterion(
        "first_of_day",
        "only the first lesson of the day where the student is marked O",
        "m.earlier_absences = 0",
    ),
    Criterion(
        "marked_in_time",
        "Register must have been marked before the end of the lesson",
        "m.marked_at < m.ends_at",
    ),
    Criterion(
        "due",
        "approximately 20 minutes after the end of the lesson",
        "m.ends_at <= %(latest_end)s",
    ),
    Criterion(
        "student_16_19",
        "active 16-19 student (student status C__)",
        "CONVERT(s.status USING utf8mb4) COLLATE utf8mb4_bin LIKE 'C__'",
    ),
    Criterion(
        "guardian_registered",
        "Parent/guardian must be registered on the Communications Portal",
        "g.status = 'active'",
    ),
    Criterion(
        "link_active",
        "the student must be linked and Active (not suspended)",
        "gs.status = 'active'",
    ),
    Criterion(
        "has_mobile",
        "must have a mobile number on the Communications Portal",
        # A tab, a dash or "none" is as empty as nothing.
        "g.mobile REGEXP '[0-9]'",
    ),
    Criterion(
        "attendance_shared",
        "“hide full attendance” is not selected for that guardian",
        "COALESCE(gs.hide_attendance, 0) = 0",
    ),
    Criterion(
        "not_texted_today",
        "Text messages will not be sent for any further absences for that day",
        # One that was in doubt and sent again by a person may have left, though it was cancelled.
        # One whose phone had another guardian's text has told that phone.
        "t.id IS NULL OR (t.state = 'cancelled' AND t.in_doubt_at IS NULL"
        " AND COALESCE(t.reason, '') <> 'phone_already_told') OR t.id = %(absence_text_id)s",
    ),
)


# Data too broken to put into a text: left out, and listed by `doctor`.
DATA_CHECKS = (
    Criterion(
        "lesson_times_in_order",
        "a lesson ends after it starts",
        "m.starts_at < m.ends_at",
    ),
    Criterion(
        "mark_has_time",
        "a register mark says when it was entered",
        "m.marked_at IS NOT NULL",
    ),
    Criterion(
        "reference_fits",
        "the student's reference is there and fits the message",
        # To the letter: a collation that ignores case takes U+017F, which no phone has, for an s.
        "CHAR_LENGTH(TRIM(s.reference)) BETWEEN 1 AND %(longest_reference)s"
        " AND CONVERT(s.reference USING utf8mb4) COLLATE utf8mb4_bin"
        f" NOT REGEXP '{UNSUPPORTED_CHARACTER}'",
    ),
)

_ALL = CRITERIA + DATA_CHECKS


def condition(name: str) -> str:
    """Return one criterion's condition, for a WHERE clause."""
    (found,) = (criterion for criterion in _ALL if criterion.name == name)
    return f"({found.condition})"


def all_hold(without: frozenset[str] = frozenset()) -> str:
    """Return what detection asks of a candidate, for a WHERE clause: the AND of all rows.

    `without` names those that the caller asks in another way, or not.
    """
    return _and(criterion for criterion in _ALL if criterion.name not in without)


def all_hold_for_mark(without: frozenset[str]) -> str:
    """Return those of `all_hold` that one mark may meet and another of that day may not."""
    return _and(c for c in _ALL if c.asks_of_the_mark and c.name not in without)


def all_hold_for_student_and_guardian(without: frozenset[str]) -> str:
    """Return the others: a student and guardian meet them on a day's every mark, or on none."""
    return _and(c for c in _ALL if not c.asks_of_the_mark and c.name not in without)


def _and(asked: Iterable[Criterion]) -> str:
    return "\n  AND ".join(f"({criterion.condition})" for criterion in asked)


def verdicts() -> str:
    """Return a select list with a column of 1 or 0 for each criterion, named after it."""
    return ",\n  ".join(f"(({c.condition}) IS TRUE) AS {c.name}" for c in _ALL)


def data_problems() -> str:
    """Return a select list with, for each data check, how many rows it fails for."""
    return ",\n  ".join(
        f"COALESCE(SUM(({check.condition}) IS NOT TRUE), 0) AS {check.name}"
        for check in _ALL[len(CRITERIA) :]
    )


def first_failing() -> str:
    """Return an expression: the name of the first criterion that fails, NULL when all hold."""
    cases = "\n  ".join(f"WHEN ({c.condition}) IS NOT TRUE THEN '{c.name}'" for c in _ALL)
    return f"CASE\n  {cases}\nEND"
