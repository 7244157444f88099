"""Counts the marks of a lesson's register."""

from collections.abc import Collection, Mapping
from typing import Any

from absence_texts.criteria import condition
from absence_texts.database import Database, fetch_all
from absence_texts.identifiers import LessonId
from absence_texts.source import Source
from detect_absences.hold_rule import Register


def read_registers(
    database: Database,
    source: Source,
    parameters: Mapping[str, Any],
    lessons: Collection[LessonId],
    *,
    fewest_absent: int = 1,
) -> dict[LessonId, Register]:
    """Return the register of each of these lessons on which enough students are absent.

    The absent marks are counted first. Few registers have many of them, so the server reads few
    registers whole. DISTINCT, because a college's view may hold a mark twice.
    """
    rows = fetch_all(
        database,
        source.resolve(f"""
SELECT suspect.lesson_id, suspect.absent, (
  SELECT COUNT(DISTINCT whole.student_id) FROM source.register_marks whole
  WHERE whole.lesson_id = suspect.lesson_id
) AS students
FROM (
  SELECT m.lesson_id, COUNT(DISTINCT m.student_id) AS absent
  FROM source.register_marks m
  WHERE m.lesson_id IN %(lessons)s AND {condition("absent")}
  GROUP BY m.lesson_id
  HAVING COUNT(DISTINCT m.student_id) >= %(fewest_absent)s
) suspect"""),
        {**parameters, "lessons": tuple(lessons), "fewest_absent": fewest_absent},
    )
    return {
        row["lesson_id"]: Register(students=row["students"], absent=row["absent"]) for row in rows
    }
