"""The figures of a day, which the page shows as pictures."""

from collections.abc import Sequence
from datetime import date, datetime

from absence_texts.account import StudentEntry
from ops.day.page.figure import Figure
from ops.day.page.outcome_figures import outcomes, reasons
from ops.day.page.times_figures import TextTimes, after_the_lesson, through_the_day


def figures(
    day: date,
    entries: Sequence[StudentEntry],
    lesson_ends: Sequence[datetime | None],
    times: Sequence[TextTimes],
) -> tuple[Figure, ...]:
    """Return the day's figures; none has no rows. `lesson_ends` are those of the entries."""
    all_of_them = (
        through_the_day(day, lesson_ends, [each.sent for each in times]),
        after_the_lesson(times),
        outcomes(entries),
        reasons(entries),
    )
    return tuple(figure for figure in all_of_them if figure.rows)
