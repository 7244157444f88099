"""Lists the marks of a day that get no text because their data can't be trusted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from absence_texts import criteria
from absence_texts.candidates import absences, parameters, todays_marks
from absence_texts.clock import CollegeTime
from absence_texts.data_checks import CLASH, DATA_CHECKS
from absence_texts.database import Row, fetch_all
from absence_texts.wording import clock_time, counted
from ops.context import CommandContext
from ops.doctor.finding import Finding, Severity
from ops.doctor.mark_list import named

EARLY_MARK = timedelta(minutes=5)
FEWEST_MARKS = 10
"""Fewer marks prove nothing about the registers' clock."""


@dataclass(frozen=True)
class MarkCounts:
    """A day's register marks: all, the absent ones, and those entered before their lesson."""

    marks: int
    absent: int
    before_lesson: int


def count_marks(context: CommandContext, moment: CollegeTime) -> MarkCounts:
    (row,) = fetch_all(
        context.database,
        f"SELECT COUNT(*) AS marks, COALESCE(SUM({criteria.condition('absent')}), 0) AS absent,"
        " COALESCE(SUM(m.marked_at < m.starts_at), 0) AS before_lesson"
        f" FROM {todays_marks(context.source, 'TRUE')} m",
        parameters(moment, context.settings.rules),
    )
    return MarkCounts(**{name: int(number) for name, number in row.items()})


def describe_marks(context: CommandContext, moment: CollegeTime, counts: MarkCounts) -> str:
    """Say how many marks were checked, because a day without marks passes every check."""
    mark = context.settings.absent_mark
    checked = f"Checked: {counted(counts.marks, 'register mark')} of {moment.today}"
    if counts.marks and not counts.absent:
        return (
            f"{checked}, none of them absent: is “{mark}” the college's absent mark (ABSENT_MARK)?"
        )
    return (
        f"{checked}, {counts.absent:,} of them absent (“{mark}”)."
        if counts.marks
        else f"{checked}."
    )


def check_data(
    context: CommandContext, moment: CollegeTime, counts: MarkCounts
) -> Iterator[Finding]:
    """List the marks that fail each data check, and marks that another clock timed."""
    for check in DATA_CHECKS:
        rows = _absences(context, moment, f"({check.condition}) IS NOT TRUE")
        if rows:
            message = f"“{check.sentence}” does not hold for {named(rows)}. These get no text."
            yield Finding(check.name, message)
    yield from _never_texted(context, moment)
    yield from _timetable_clashes(context, moment)
    yield from _from_the_future(context, moment)
    yield from _looks_like_utc(moment, counts)


def _from_the_future(context: CommandContext, moment: CollegeTime) -> Iterator[Finding]:
    now = context.now
    rows = _absences(context, moment, "m.marked_at > %(too_early)s", now.wall_clock + EARLY_MARK)
    if rows:
        clock = f"the college's clock ({clock_time(now.wall_clock)} in {now.zone.key})"
        yield Finding(
            "register_marks.marked_at",
            f"is later than {clock} for {named(rows)}. These may count as late, and get no text:"
            " the registers' clock is ahead, or college_time_zone is not its zone.",
        )


def _looks_like_utc(moment: CollegeTime, counts: MarkCounts) -> Iterator[Finding]:
    is_utc = not moment.instant.astimezone(moment.zone).utcoffset()
    if is_utc or counts.marks < FEWEST_MARKS or 2 * counts.before_lesson <= counts.marks:
        return
    yield Finding(
        "register_marks.marked_at",
        f"looks like UTC (register marked before the lesson starts) for {counts.before_lesson:,}"
        f" of {counts.marks:,} marks. Marks entered after the lesson would count as in time.",
        Severity.NOTE,
    )


def _never_texted(context: CommandContext, moment: CollegeTime) -> Iterator[Finding]:
    """Note the absences whose lesson ends too late, as an event of the whole day does."""
    in_time, can_leave = map(criteria.condition, ("marked_in_time", "can_leave_that_day"))
    if rows := _absences(context, moment, f"{in_time} AND {can_leave} IS FALSE"):
        message = f"ends too late for a text that day: {named(rows)}. These get no text."
        yield Finding("lessons.ends_at", message, Severity.NOTE)


def _timetable_clashes(context: CommandContext, moment: CollegeTime) -> Iterator[Finding]:
    if not context.settings.text_timetable_clashes:
        # Then `no_timetable_clash` is a data check, and listed with the others.
        return
    if rows := _absences(context, moment, CLASH):
        yield Finding(
            "timetable",
            f"another register says that the student was elsewhere for {named(rows)}. These are"
            " texted about, as the setting text_timetable_clashes says.",
            Severity.NOTE,
        )


def _absences(
    context: CommandContext, moment: CollegeTime, broken: str, too_early: object = None
) -> tuple[Row, ...]:
    """Return one row for each mark, because a view of the college may hold a row twice."""
    return fetch_all(
        context.database,
        context.source.resolve(
            "SELECT m.lesson_id, m.student_id, MIN(s.reference) AS reference"
            f" {absences(context.source)} AND {broken}"
            " GROUP BY m.lesson_id, m.student_id ORDER BY m.lesson_id, m.student_id"
        ),
        # On a past day, a register of the next morning is late and no data problem.
        parameters(moment, context.settings.rules)
        | {"too_early": too_early, "wall_clock": context.now.wall_clock},
    )
