"""Finds a day's register data that is too broken to text about, by id and by reference."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from absence_texts import criteria
from absence_texts.candidates import absences, parameters, todays_marks
from absence_texts.clock import CollegeTime
from absence_texts.database import Row, fetch_all
from ops.college_times import clock_time
from ops.context import CommandContext
from ops.doctor.finding import Finding, Weight
from ops.wording import counted

LISTED = 20
EARLY_MARK = timedelta(minutes=5)
FEWEST_MARKS = 10
"""That say something of all the day's."""


@dataclass(frozen=True)
class Checked:
    """The day's register marks: all, the absent ones, and those older than their lesson."""

    marks: int
    absent: int
    before_lesson: int


def count_marks(context: CommandContext, moment: CollegeTime) -> Checked:
    (row,) = fetch_all(
        context.database,
        f"SELECT COUNT(*) AS marks, COALESCE(SUM({criteria.condition('absent')}), 0) AS absent,"
        " COALESCE(SUM(m.marked_at < m.starts_at), 0) AS before_lesson"
        f" FROM {todays_marks(context.source, 'TRUE')} m",
        parameters(moment, context.settings.rules),
    )
    return Checked(**{name: int(number) for name, number in row.items()})


def what_was_checked(context: CommandContext, moment: CollegeTime, checked: Checked) -> str:
    """Say how much the data checks had to look at: of nothing, everything is true."""
    mark = context.settings.absent_mark
    told = f"Checked: {counted(checked.marks, 'register mark')} of {moment.today}"
    if checked.marks and not checked.absent:
        return f"{told}, none of them absent: is “{mark}” the college's absent mark (ABSENT_MARK)?"
    return f"{told}, {checked.absent:,} of them absent (“{mark}”)." if checked.marks else f"{told}."


def check_data(context: CommandContext, moment: CollegeTime, checked: Checked) -> Iterator[Finding]:
    """List the moment's day: what each data check fails for, and marks of another clock."""
    for check in criteria.DATA_CHECKS:
        rows = _absences(context, moment, f"({check.condition}) IS NOT TRUE")
        if rows:
            says = f"“{check.sentence}” does not hold for {_listed(rows)}. These get no text."
            yield Finding(check.name, says)
    yield from _from_the_future(context, moment)
    yield from _looks_like_utc(moment, checked)


def _from_the_future(context: CommandContext, moment: CollegeTime) -> Iterator[Finding]:
    now = context.now
    rows = _absences(context, moment, "m.marked_at > %(too_early)s", now.wall_clock + EARLY_MARK)
    if rows:
        clock = f"the college's clock ({clock_time(now.wall_clock)} in {now.zone.key})"
        yield Finding(
            "register_marks.marked_at",
            f"is later than {clock} for {_listed(rows)}. These may count as late, and get no text:"
            " the registers' clock is ahead, or college_time_zone is not its zone.",
        )


def _looks_like_utc(moment: CollegeTime, checked: Checked) -> Iterator[Finding]:
    is_utc = not moment.instant.astimezone(moment.zone).utcoffset()
    if is_utc or checked.marks < FEWEST_MARKS or 2 * checked.before_lesson <= checked.marks:
        return
    yield Finding(
        "register_marks.marked_at",
        f"looks like UTC (register marked before the lesson starts) for {checked.before_lesson:,}"
        f" of {checked.marks:,} marks. Marks entered after the lesson would count as in time.",
        Weight.NOTE,
    )


def _absences(
    context: CommandContext, moment: CollegeTime, broken: str, too_early: object = None
) -> tuple[Row, ...]:
    return fetch_all(
        context.database,
        f"SELECT m.lesson_id, m.student_id, s.reference {absences(context.source)} AND {broken}"
        " ORDER BY m.lesson_id, m.student_id",
        parameters(moment, context.settings.rules) | {"too_early": too_early},
    )


def _listed(rows: tuple[Row, ...]) -> str:
    shown = ", ".join(
        f"lesson {row['lesson_id']} student {row['student_id']}"
        f" ({row['reference'] or 'no reference'})"
        for row in rows[:LISTED]
    )
    more = len(rows) - LISTED
    return f"{shown} and {more} more" if more > 0 else shown
