"""Where the criteria's aliases come from: the tables of a college day, joined.

`todays_marks` gives `m`. The FROM clauses give the other aliases of `criteria.py`. Plain SQL that
MySQL 8.0 and MariaDB 10.6 both document: derived tables rather than WITH, which MariaDB does not
take before an UPDATE.
"""

from datetime import timedelta
from typing import Any

from absence_texts import claim_conditions, criteria
from absence_texts.clock import CollegeTime
from absence_texts.data_checks import GUARDIAN_ID_FITS, LARGEST_ID
from absence_texts.identifiers import NO_GUARDIAN
from absence_texts.ledger import State
from absence_texts.rules import Rules
from absence_texts.source import Source
from absence_texts.vocabulary import Reason

NO_TEXT = 0
_ONE_SECOND = timedelta(seconds=1)
# "No text at all, cancelled texts included" is what a claim asks instead.
_ASKED_OF_THE_LEDGER = frozenset({"not_texted_today"})
TODAY = "m.starts_at >= %(day_start)s AND m.starts_at < %(day_end)s"
# Placeholders: 1970-01-01, 9999-12-31, 2026-11-00 and 2026-00-23. The last two come just before the
# month of today and just before the year. The bounds are there for the index.
_NO_REAL_START = (
    "(m.starts_at IS NULL OR m.starts_at < '2000-01-01' OR m.starts_at >= '9000-01-01'"
    " OR (m.starts_at > %(before_month)s AND m.starts_at < %(month_start)s"
    " AND DAYOFMONTH(m.starts_at) = 0)"
    " OR (m.starts_at > %(before_year)s AND m.starts_at < %(year_start)s"
    " AND MONTH(m.starts_at) = 0))"
)
_TODAY_WITHOUT_START = (
    f"({_NO_REAL_START}"
    " AND (m.ends_at >= %(day_start)s AND m.ends_at < %(day_end)s"
    " OR m.marked_at >= %(day_start)s AND m.marked_at < %(day_end)s))"
)
# A lesson that is due has begun by then, and so have all lessons before it.
BEGUN_TODAY = "m.starts_at >= %(day_start)s AND m.starts_at < %(latest_end)s"
# A text can be due today, or never: because the lesson ends too late or has no end.
DUE_OR_NEVER = (
    f"({criteria.condition('due')} OR {criteria.condition('can_leave_that_day')} IS NOT TRUE)"
)
STORABLE = f"m.lesson_id <= {LARGEST_ID} AND m.student_id <= {LARGEST_ID}"
"""A condition: our own tables can hold the mark's ids."""
RECORDED_GUARDIAN = f"IF({GUARDIAN_ID_FITS}, gs.guardian_id, {NO_GUARDIAN})"
"""Under NO_GUARDIAN: a student without a guardian, or a guardian whose id our tables can't hold."""
MARKS = """(
    SELECT mark.lesson_id, mark.student_id, mark.mark, mark.marked_at,
      lesson.starts_at, lesson.ends_at
    FROM source.lessons lesson
    JOIN source.register_marks mark ON mark.lesson_id = lesson.lesson_id
  )"""


def parameters(
    moment: CollegeTime, rules: Rules, *, absence_text_id: int = NO_TEXT
) -> dict[str, Any]:
    """Return what the conditions and FROM clauses ask for, as of `moment`."""
    month_start = moment.day_start.replace(day=1)
    year_start = month_start.replace(month=1)
    return {
        "absent_mark": rules.absent_mark,
        "latest_end": moment.latest_end(rules.wait),
        "end_too_late": rules.end_too_late(moment),
        "earliest_end": rules.earliest_end(moment),
        "wait": rules.wait.total_seconds(),
        "longest_reference": rules.longest_reference,
        "text_timetable_clashes": rules.text_timetable_clashes,
        "today": moment.today,
        "day_start": moment.day_start,
        "day_end": moment.day_end,
        "month_start": month_start,
        "before_month": month_start - _ONE_SECOND,
        "year_start": year_start,
        "before_year": year_start - _ONE_SECOND,
        "wall_clock": moment.wall_clock,
        "now": moment.utc,
        "absence_text_id": absence_text_id,
        "cancelled": State.CANCELLED.value,
        "phone_already_told": Reason.PHONE_ALREADY_TOLD.value,
    }


def todays_marks(source: Source, only: str) -> str:
    """Return a derived table of the day's register marks for which `only` holds.

    `earlier_absences` counts the student's earlier marks today, among those, that use up the day.
    """
    uses_up_the_day = claim_conditions.uses_up_the_day(source)
    return source.resolve(f"""(
  SELECT m.*, {_earlier(f"COUNT(IF({uses_up_the_day}, 1, NULL))", "m.student_id")}
    AS earlier_absences
  FROM {MARKS} m
  WHERE {TODAY} AND {only}
)""")


def claimable(source: Source) -> str:
    """Return FROM and WHERE of all that meets all criteria and has no text, cancelled or other.

    `m` is the mark with its `guardian_id`. This finds what all criteria over `linked_guardians`
    find, but asks in the order that costs least. Late in the day nearly every guardian has a text:
    they are left out before the students and the guardians are read, and before the marks are
    checked and counted.

    `texted` has one row for each student with a text today, because the server then reads the day's
    texts once. The row holds the lowest and the highest guardian id with a text. For a student
    whose guardians 3, 5 and 8 have a text it holds 3 and 8, so guardian 5 is found once more here,
    and the unique key of `absence_texts` keeps the claim from adding a second text.
    """
    trusted = claim_conditions.mark_can_be_trusted(source)
    return source.resolve(f"""
FROM (
  SELECT STRAIGHT_JOIN m.*, gs.guardian_id,
    {_earlier(f"COUNT(IF({trusted}, 1, NULL))", "m.student_id, gs.guardian_id")}
    AS earlier_absences
  FROM {MARKS} m
  LEFT JOIN (
    SELECT student_id, MIN(guardian_id) AS lowest_guardian, MAX(guardian_id) AS highest_guardian
    FROM absence_texts WHERE absence_date = %(today)s GROUP BY student_id
  ) texted ON texted.student_id = m.student_id
  JOIN source.guardian_students gs ON gs.student_id = m.student_id
  LEFT JOIN source.students s ON s.student_id = m.student_id
  LEFT JOIN source.guardians g ON g.guardian_id = gs.guardian_id
  WHERE {BEGUN_TODAY} AND {claim_conditions.mark_uses_up_the_day_if_trusted(source)}
    AND (gs.guardian_id IN (texted.lowest_guardian, texted.highest_guardian)) IS NOT TRUE
    AND {claim_conditions.student_and_guardian(source, without=_ASKED_OF_THE_LEDGER)}
) m
WHERE {claim_conditions.rest_of_the_mark(source)}
  AND {trusted}""")


def _earlier(count: str, whose: str) -> str:
    return f"""{count} OVER (
    PARTITION BY {whose} ORDER BY m.starts_at, m.lesson_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )"""


def absences(source: Source) -> str:
    """Return the FROM clause of the day's absent marks, with students and links: for data checks.

    A lesson without a real start is on no day. Its marks are here on the day of its end, or on the
    day on which they were entered.
    """
    return source.resolve(f"""
FROM {MARKS} m
LEFT JOIN source.students s ON s.student_id = m.student_id
LEFT JOIN source.guardian_students gs ON gs.student_id = m.student_id
WHERE ({TODAY} OR {_TODAY_WITHOUT_START}) AND {criteria.condition("absent")}""")


def linked_guardians(source: Source, only: str | None = None, *, or_none: bool = False) -> str:
    """Return the FROM clause of the day's marks, each with each guardian linked to the student.

    `only` is a condition on the marks. Without it they are the absent marks. With `or_none` a mark
    of a student without a link is there once, and its `gs` and `g` are NULL.
    """
    return source.resolve(f"""
FROM {todays_marks(source, only or criteria.condition("absent"))} m
{"LEFT " * or_none}JOIN source.guardian_students gs ON gs.student_id = m.student_id
LEFT JOIN absence_texts t ON t.student_id = m.student_id
  AND t.guardian_id = gs.guardian_id AND t.absence_date = %(today)s
LEFT JOIN source.students s ON s.student_id = m.student_id
LEFT JOIN source.guardians g ON g.guardian_id = gs.guardian_id""")


def claimed_text(source: Source) -> str:
    """Return the FROM clause of one ledger row, with whatever is still true of its absence."""
    which = "t.id = %(absence_text_id)s"
    return _texts(source, which, f"= (SELECT t.student_id FROM absence_texts t WHERE {which})")


def held_texts(source: Source) -> str:
    """Return the FROM clause of today's held texts, with whatever is still true of them."""
    which = f"t.state = '{State.HELD}' AND t.absence_date = %(today)s"
    return _texts(source, which, f"IN (SELECT t.student_id FROM absence_texts t WHERE {which})")


def _texts(source: Source, which: str, of_whom: str) -> str:
    students_own = f"{criteria.condition('absent')} AND m.student_id {of_whom}"
    return source.resolve(f"""
FROM absence_texts t
LEFT JOIN {todays_marks(source, students_own)} m
  ON m.student_id = t.student_id AND m.lesson_id = t.lesson_id
LEFT JOIN source.students s ON s.student_id = t.student_id
LEFT JOIN source.guardian_students gs
  ON gs.student_id = t.student_id AND gs.guardian_id = t.guardian_id
LEFT JOIN source.guardians g ON g.guardian_id = t.guardian_id
WHERE {which}""")
