"""The register marks of a day, each with its lesson, as the oracle reads them."""

from collections.abc import Iterator
from datetime import date

from db.source.tables import Lesson, Mark
from tests.integration.property.generated_day import GeneratedDay
from tests.integration.property.oracle_clock import has_no_start_today, is_on


def marks_of(day: GeneratedDay, today: date) -> Iterator[tuple[Mark, Lesson]]:
    for mark in day.marks:
        for lesson in day.lessons_with(mark.lesson_id):
            if is_on(today, lesson.starts_at):
                yield mark, lesson


def marks_without_start(day: GeneratedDay, today: date) -> Iterator[tuple[Mark, Lesson]]:
    for mark in day.marks:
        for lesson in day.lessons_with(mark.lesson_id):
            times = (lesson.ends_at, mark.marked_at)
            has_no_start = has_no_start_today(today, lesson.starts_at)
            if has_no_start and any(is_on(today, at) for at in times):
                yield mark, lesson
