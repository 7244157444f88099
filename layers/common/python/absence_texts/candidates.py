"""Where the criteria's aliases come from: the tables of a college day, joined.

`todays_marks` gives `m`; the two FROM clauses give the other aliases of `criteria.py`. Plain SQL
that MySQL 8.0 and MariaDB 10.6 both document: derived tables rather than WITH, which MariaDB does
not take before an UPDATE.
"""

from typing import Any

from absence_texts import criteria
from absence_texts.clock import CollegeTime
from absence_texts.rules import Rules
from absence_texts.source import Source

NO_TEXT = 0


def parameters(
    moment: CollegeTime, rules: Rules, *, absence_text_id: int = NO_TEXT
) -> dict[str, Any]:
    """Return what the conditions and FROM clauses ask for, as of `moment`."""
    return {
        "absent_mark": rules.absent_mark,
        "latest_end": moment.latest_end(rules.wait),
        "longest_reference": rules.longest_reference,
        "today": moment.today,
        "day_start": moment.day_start,
        "day_end": moment.day_end,
        "now": moment.utc,
        "absence_text_id": absence_text_id,
    }


def todays_marks(source: Source, only: str) -> str:
    """Return a derived table of the day's register marks for which `only` holds.

    `earlier_absences` counts the student's earlier lessons today, among those marks, that were
    marked absent in time. A lesson that ends before it starts is left out: it can't be texted
    about, so it does not use up the day.
    """
    return f"""(
  SELECT m.*, {_earlier_absences("m.student_id")}
  FROM {_marks(source)} m
  WHERE {_TODAY} AND {only}
)"""


def claimable(source: Source) -> str:
    """Return FROM and WHERE of all that meets all criteria and has no text, cancelled or other.

    `m` is the mark with its `guardian_id`. It finds what all criteria over `linked_guardians` find,
    but asks in the order that costs least: late in the day nearly everybody has a text, and whoever
    has one is left out before the students, the guardians and the counting. The day's texts are
    read once, a row for each student; of more than two guardians with a text, those in between are
    found as well, and left to the ledger's unique key.
    """
    return f"""
FROM (
  SELECT STRAIGHT_JOIN m.*, gs.guardian_id, {_earlier_absences("m.student_id, gs.guardian_id")}
  FROM {_marks(source)} m
  LEFT JOIN (
    SELECT student_id, MIN(guardian_id) AS first_guardian, MAX(guardian_id) AS last_guardian
    FROM absence_texts WHERE absence_date = %(today)s GROUP BY student_id
  ) texted ON texted.student_id = m.student_id
  JOIN {source.links} gs ON gs.student_id = m.student_id
  LEFT JOIN {source.table("students")} s ON s.student_id = m.student_id
  LEFT JOIN {source.table("guardians")} g ON g.guardian_id = gs.guardian_id
  WHERE {_BEGUN_TODAY} AND {_uses_up_the_day()}
    AND (gs.guardian_id IN (texted.first_guardian, texted.last_guardian)) IS NOT TRUE
    AND {criteria.all_hold_for_student_and_guardian(without=_THE_LEDGERS)}
) m
WHERE {criteria.all_hold_for_mark(without=_USE_UP_THE_DAY)}"""


def _earlier_absences(whose: str) -> str:
    return f"""COUNT(IF({_uses_up_the_day()}, 1, NULL)) OVER (
    PARTITION BY {whose} ORDER BY m.starts_at, m.lesson_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS earlier_absences"""


def _uses_up_the_day() -> str:
    return " AND ".join(criteria.condition(name) for name in sorted(_USE_UP_THE_DAY))


_USE_UP_THE_DAY = frozenset({"absent", "marked_in_time", "lesson_times_in_order"})
_TODAY = "m.starts_at >= %(day_start)s AND m.starts_at < %(day_end)s"
# As a lesson has that is due, and those before it. The latest end is never tomorrow's.
_BEGUN_TODAY = "m.starts_at >= %(day_start)s AND m.starts_at < %(latest_end)s"
# A claim asks that there be no text at all, cancelled ones included.
_THE_LEDGERS = frozenset({"not_texted_today"})


def _marks(source: Source) -> str:
    return f"""(
    SELECT mark.lesson_id, mark.student_id, mark.mark, mark.marked_at,
      lesson.starts_at, lesson.ends_at
    FROM {source.table("lessons")} lesson
    JOIN {source.table("register_marks")} mark ON mark.lesson_id = lesson.lesson_id
  )"""


def absences(source: Source) -> str:
    """Return the FROM clause of the day's absent marks, each with its student: for data checks."""
    return f"""
FROM {_marks(source)} m
LEFT JOIN {source.table("students")} s ON s.student_id = m.student_id
WHERE {_TODAY} AND {criteria.condition("absent")}"""


def linked_guardians(source: Source, only: str | None = None) -> str:
    """Return the FROM clause of the day's marks, each with each guardian linked to the student.

    `only` is a condition on the marks: without one, the absent ones.
    """
    return f"""
FROM {todays_marks(source, only or criteria.condition("absent"))} m
JOIN {source.links} gs ON gs.student_id = m.student_id
LEFT JOIN absence_texts t ON t.student_id = m.student_id
  AND t.guardian_id = gs.guardian_id AND t.absence_date = %(today)s
LEFT JOIN {source.table("students")} s ON s.student_id = m.student_id
LEFT JOIN {source.table("guardians")} g ON g.guardian_id = gs.guardian_id"""


def claimed_text(source: Source) -> str:
    """Return the FROM clause of one ledger row, with whatever is still true of its absence."""
    students_own = (
        f"{criteria.condition('absent')} AND m.student_id = "
        "(SELECT claimed.student_id FROM absence_texts claimed"
        " WHERE claimed.id = %(absence_text_id)s)"
    )
    return f"""
FROM absence_texts t
LEFT JOIN {todays_marks(source, students_own)} m
  ON m.student_id = t.student_id AND m.lesson_id = t.lesson_id
LEFT JOIN {source.table("students")} s ON s.student_id = t.student_id
LEFT JOIN {source.links} gs ON gs.student_id = t.student_id AND gs.guardian_id = t.guardian_id
LEFT JOIN {source.table("guardians")} g ON g.guardian_id = t.guardian_id
WHERE t.id = %(absence_text_id)s"""
