"""The fact behind each criterion's answer, in a few words: one for each criterion of the table."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from absence_texts.criteria import UNSUPPORTED_CHARACTER
from absence_texts.database import Row
from absence_texts.rules import Rules
from ops.college_times import clock_time, counted
from ops.masking import masked

# A BIT comes as bytes, of which even b"\0" is true: added to 0 it is a number.
COLUMNS = """m.mark, m.marked_at, m.starts_at, m.ends_at, m.earlier_absences,
  s.status AS student_status, s.reference, g.status AS account_status,
  gs.status AS link_status, g.mobile, gs.hide_attendance + 0 AS hide_attendance,
  t.state AS text_state, t.lesson_id AS text_lesson_id"""

type Fact = Callable[[Row, Rules], str]


def _quoted(words: str | None) -> str:
    return "none" if words is None else f"“{words}”"


def _shown(moment: datetime, row: Row) -> str:
    return clock_time(moment, row["starts_at"].date())


def _marked(row: Row) -> str:
    return f"marked {_shown(row['marked_at'], row)}" if row["marked_at"] else "has no time"


def _ended(row: Row) -> str:
    return f"lesson ended {_shown(row['ends_at'], row)}" if row["ends_at"] else "lesson has no end"


def _due(row: Row, rules: Rules) -> str:
    due_at = row["ends_at"] and _shown(row["ends_at"] + rules.wait, row)
    return f"{_ended(row)}, due {due_at}" if due_at else _ended(row)


def _lesson(row: Row) -> str:
    end = _shown(row["ends_at"], row) if row["ends_at"] else "no end"
    return f"lesson {clock_time(row['starts_at'])} to {end}"


def _earlier(row: Row) -> str:
    return f"{counted(int(row['earlier_absences']), 'earlier absence')} that day, marked in time"


def _text_of_the_day(row: Row) -> str:
    if row["text_state"] is None:
        return "no text that day"
    about = "this" if row["text_lesson_id"] == row["lesson_id"] else "another"
    return f"the day's text, about {about} lesson, is {row['text_state']}"


def _reference(row: Row, rules: Rules) -> str:
    reference = (row["reference"] or "").strip(" ")
    if not reference:
        return "no reference"
    if foreign := re.findall(UNSUPPORTED_CHARACTER, reference):
        shown = " ".join(f"“{character}”" for character in sorted(set(foreign)))
        return f"reference “{reference}”, {shown} can't be in a text"
    length = counted(len(reference), "character")
    return f"reference “{reference}”, {length}, {rules.longest_reference} at most"


FACTS: Mapping[str, Fact] = {
    "absent": lambda row, _: f"register mark {_quoted(row['mark'])}",
    "first_of_day": lambda row, _: _earlier(row),
    "marked_in_time": lambda row, _: f"register {_marked(row)}, {_ended(row)}",
    "due": _due,
    "student_16_19": lambda row, _: f"student status {_quoted(row['student_status'])}",
    "guardian_registered": lambda row, _: f"portal account {row['account_status'] or 'missing'}",
    "link_active": lambda row, _: f"link {row['link_status'] or 'without a status'}",
    "has_mobile": lambda row, _: f"portal mobile {masked(row['mobile'])}",
    "attendance_shared": lambda row, _: (
        f"hide full attendance {'selected' if row['hide_attendance'] else 'not selected'}"
    ),
    "not_texted_today": lambda row, _: _text_of_the_day(row),
    "lesson_times_in_order": lambda row, _: _lesson(row),
    "mark_has_time": lambda row, _: f"register {_marked(row)}",
    "reference_fits": _reference,
}
