"""Hypothesis strategies for college days: an ordinary one, then odd values and events.

Ordinary first, because a day that is odd in every way only ever shows the first criterion fail.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from db.source.tables import Guardian, Lesson, Link, Mark, Student
from tests.integration.property.generated_day import GeneratedDay
from tests.integration.property.odd_values import odd_values
from tests.integration.property.oracle_clock import WAIT, over_at
from tests.integration.property.steps import Deliver, Run, Step

ZONES = ["Europe/London", "Europe/London", "Pacific/Auckland", "America/New_York"]
# An ordinary day in winter and in summer, and days on which some zone's clocks change.
DAYS = [date(2026, 11, 23), date(2026, 6, 1), date(2026, 3, 29), date(2026, 10, 25)]
DAYS += [date(2026, 3, 8), date(2026, 11, 1), date(2026, 4, 5), date(2026, 9, 27)]
STARTS = ["10:10"] * 3 + ["09:00", "11:30", "00:00", "00:30", "01:10", "18:39", "19:10", "23:30"]
MINUTES = [60] * 4 + [90, 10, 180, 59]
OTHER_DAYS = [0] * 10 + [-1, 1]
AFTER_DUE = [0, 0, 1, 300, 3600, 4 * 3600, -1]
CLOCK_TIMES = ["07:59:59", "08:00:00", "12:00:00", "19:59:59", "20:00:00", "23:59:59", "00:00:00"]


@st.composite
def played_days(draw: st.DrawFn) -> tuple[GeneratedDay, ZoneInfo, list[Step]]:
    """Draw a day, its zone, and steps in the order of time."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    on = draw(st.sampled_from(DAYS))
    day = draw(days(on))
    for oddity in draw(st.lists(odd_values(day), max_size=3)):
        oddity.apply(day)
    instants = sorted(draw(st.lists(instants_of(on, zone, day.lessons), min_size=2, max_size=6)))
    return day, zone, draw(_steps(day, instants))


@st.composite
def days(draw: st.DrawFn, on: date) -> GeneratedDay:
    day = GeneratedDay(
        students=[Student(1, "STE04049635"), Student(2, "STE00000002")][: draw(_one_or_two)],
        lessons=[draw(_lessons(number, on)) for number in range(1, draw(_one_to_four) + 1)],
        guardians=[Guardian(1), Guardian(2, mobile="07700900456"), Guardian(3)][: draw(_some)],
    )
    for student in day.students:
        day.marks += [_mark(student, lesson) for lesson in draw(_most(day.lessons))]
        day.links += [
            Link(guardian.guardian_id, student.student_id)
            for guardian in draw(_most(day.guardians))
        ]
    return day


_one_or_two = st.sampled_from([1, 2])
_some = st.sampled_from([1, 2, 3])
_one_to_four = st.sampled_from([2, 1, 3, 4])


def _most[T](rows: Sequence[T]) -> st.SearchStrategy[Sequence[T]]:
    return st.sampled_from([rows, rows, rows, rows, rows[1:], rows[:-1]])


@st.composite
def _lessons(draw: st.DrawFn, number: int, on: date) -> Lesson:
    start = datetime.combine(on, time.fromisoformat(draw(st.sampled_from(STARTS))))
    start += timedelta(days=draw(st.sampled_from(OTHER_DAYS)))
    ends = start + timedelta(minutes=draw(st.sampled_from(MINUTES)))
    return Lesson(number, start, ends)


def _mark(student: Student, lesson: Lesson) -> Mark:
    soon = lesson.starts_at + timedelta(minutes=5)
    return Mark(lesson.lesson_id, student.student_id, marked_at=soon)


def instants_of(on: date, zone: ZoneInfo, lessons: list[Lesson]) -> st.SearchStrategy[datetime]:
    """Draw an instant about when a lesson's texts are due, or one that the clock makes special."""

    def about_due(lesson: Lesson, seconds: int) -> datetime:
        return over_at(lesson.ends_at, zone) + WAIT + timedelta(seconds=seconds)

    def special(clock_time: str, days: int) -> datetime:
        day = on + timedelta(days=days)
        return datetime.combine(day, time.fromisoformat(clock_time), zone).astimezone(UTC)

    clock = st.builds(special, st.sampled_from(CLOCK_TIMES), st.sampled_from([0, 0, 0, 0, 1]))
    if not lessons:
        return clock
    due = st.builds(about_due, st.sampled_from(lessons), st.sampled_from(AFTER_DUE))
    return st.one_of(due, due, due, clock)


@st.composite
def _steps(draw: st.DrawFn, day: GeneratedDay, instants: list[datetime]) -> list[Step]:
    steps: list[Step] = []
    for instant in instants:
        steps += draw(st.lists(odd_values(day), max_size=1))
        steps.append(Run(instant))
        steps += draw(st.lists(odd_values(day), max_size=1))
        if draw(st.booleans()):
            steps.append(Deliver(instant))
    return steps
