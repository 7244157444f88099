"""Finds the lesson that a person means: by its start on a day, or by its id."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from absence_texts.criteria import condition
from absence_texts.database import Value, fetch_all
from absence_texts.identifiers import LessonId
from absence_texts.wording import clock_time, counted
from ops.context import CommandContext
from ops.people.choice import NotOneError, nearest

HEADINGS = ("lesson", "starts", "ends", "register", "absent")


@dataclass(frozen=True)
class LessonFound:
    id: LessonId
    starts_at: datetime
    ends_at: object
    """A time, or what the college's table holds instead."""
    marks: int
    absent: int

    @property
    def shown(self) -> str:
        return f"the lesson at {clock_time(self.starts_at)} (id {self.id})"

    def cells(self) -> tuple[str, ...]:
        times = clock_time(self.starts_at), clock_time(self.ends_at, self.starts_at.date())
        return str(self.id), *times, counted(self.marks, "mark"), f"{self.absent:,}"


def the_lesson(context: CommandContext, typed: str, day: date) -> LessonFound:
    """Return the one lesson of the day that is meant; raises NotOneError."""
    found = find_lessons(context, typed, day)
    if len(found) == 1:
        return found[0]
    if found:
        several = f"{len(found):,} lessons of {day} match “{typed}”: choose one by the id."
        raise NotOneError(several, HEADINGS, [each.cells() for each in found])
    starts = {clock_time(each.starts_at) for each in _find(context, "TRUE", {}, day)}
    hint = nearest(typed, sorted(starts))
    raise NotOneError(f"There is no lesson “{typed}” on {day}.{hint}")


def find_lessons(context: CommandContext, typed: str, day: date) -> list[LessonFound]:
    """Return the lessons of the day with this start or id, most absent students first."""
    if typed.isascii() and typed.isdigit() and len(typed) < len("1000000000000000000"):
        return _find(context, "m.lesson_id = %(id)s", {"id": int(typed)}, day)
    try:
        starts_at = datetime.combine(day, time.fromisoformat(typed.zfill(5)))
    except ValueError:
        return []
    return _find(context, "m.starts_at = %(starts_at)s", {"starts_at": starts_at}, day)


def _find(
    context: CommandContext, which: str, values: Mapping[str, Value], day: date
) -> list[LessonFound]:
    start = datetime.combine(day, time())
    asked = {"absent_mark": context.settings.absent_mark, "start": start}
    rows = fetch_all(
        context.database,
        context.source.resolve(f"""
SELECT m.lesson_id, MIN(m.starts_at) AS starts_at, MIN(m.ends_at) AS ends_at,
  COUNT(m.student_id) AS marks, COALESCE(SUM({condition("absent")}), 0) AS absent
FROM (
  SELECT l.lesson_id, l.starts_at, l.ends_at, r.student_id, r.mark
  FROM source.lessons l
  LEFT JOIN source.register_marks r ON r.lesson_id = l.lesson_id
  WHERE l.starts_at >= %(start)s AND l.starts_at < %(end)s
) m
WHERE {which}
GROUP BY m.lesson_id
ORDER BY absent DESC, m.lesson_id"""),
        {**asked, **values, "end": start + timedelta(days=1)},
    )
    return [
        LessonFound(
            LessonId(row["lesson_id"]),
            row["starts_at"],
            row["ends_at"],
            int(row["marks"]),
            int(row["absent"]),
        )
        for row in rows
    ]
