"""Lists the absent marks that no day has: no run and no list of a day can find them."""

from collections.abc import Iterator

from absence_texts import criteria
from absence_texts.candidates import MARKS, parameters
from absence_texts.clock import CollegeTime
from absence_texts.database import Row, fetch_all
from ops.context import CommandContext
from ops.doctor.finding import Finding
from ops.doctor.mark_list import named


def check_marks_of_no_day(context: CommandContext, moment: CollegeTime) -> Iterator[Finding]:
    """List the marks of no lesson that were entered on this day or at no real time.

    A lesson without a start counts here only if its end and the time of the mark say no day
    either. If one of them does, `check_data` lists the mark on that day.
    """
    if rows := _of_no_lesson(context, moment):
        message = f"is in no row of lessons for {named(rows)}. These get no text."
        yield Finding("register_marks.lesson_id", message)
    if rows := _of_a_lesson_without_times(context, moment):
        message = f"is no real time for {named(rows)}. These get no text."
        yield Finding("lessons.starts_at", message)


def _of_no_lesson(context: CommandContext, moment: CollegeTime) -> tuple[Row, ...]:
    return _absent_marks(
        context,
        moment,
        "source.register_marks m",
        "NOT EXISTS (SELECT 1 FROM source.lessons l WHERE l.lesson_id = m.lesson_id)"
        " AND (m.marked_at >= %(day_start)s AND m.marked_at < %(day_end)s"
        f" OR {_is_no_time('m.marked_at')})",
    )


def _of_a_lesson_without_times(context: CommandContext, moment: CollegeTime) -> tuple[Row, ...]:
    columns = ("m.starts_at", "m.ends_at", "m.marked_at")
    return _absent_marks(context, moment, f"{MARKS} m", " AND ".join(map(_is_no_time, columns)))


def _is_no_time(column: str) -> str:
    """Return a condition for NULL, a zero date and placeholders such as 1970-01-01."""
    return f"(({column} >= '2000-01-01' AND {column} < '9000-01-01') IS NOT TRUE)"


def _absent_marks(
    context: CommandContext, moment: CollegeTime, marks: str, condition: str
) -> tuple[Row, ...]:
    """Return one row for each mark, because a view of the college may hold a row twice."""
    return fetch_all(
        context.database,
        context.source.resolve(
            "SELECT m.lesson_id, m.student_id, MIN(s.reference) AS reference"
            f" FROM {marks} LEFT JOIN source.students s ON s.student_id = m.student_id"
            f" WHERE {criteria.condition('absent')} AND {condition}"
            " GROUP BY m.lesson_id, m.student_id ORDER BY m.lesson_id, m.student_id"
        ),
        parameters(moment, context.settings.rules),
    )
