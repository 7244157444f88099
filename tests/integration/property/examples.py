"""A compact set of college days, each about one edge of one rule.

Each is played on both readings, and together they notice any change of any criterion.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from db.source.reported_absence import ReportedAbsence
from db.source.tables import Guardian, Lesson, Link, Mark, Record, Student
from tests.integration.property.generated_day import GeneratedDay
from tests.integration.property.steps import Change, Deliver, Run, Step

LONDON = ZoneInfo("Europe/London")


def clock(shows: str, zone: ZoneInfo = LONDON) -> datetime:
    """Return the instant at which the college's clock shows this on the sample day."""
    return datetime.fromisoformat(f"2026-11-23T{shows}").replace(tzinfo=zone).astimezone(UTC)


def wall(shows: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-23T{shows}")


@dataclass
class Example:
    """A student absent at 10:10 and at 11:30, with one guardian; every criterion is met."""

    student: Student = field(default_factory=lambda: Student(1, "STE04049635"))
    first: Lesson = field(default_factory=lambda: Lesson(1, wall("10:10"), wall("11:10")))
    second: Lesson = field(default_factory=lambda: Lesson(2, wall("11:30"), wall("12:30")))
    guardian: Guardian = field(default_factory=lambda: Guardian(1))
    link: Link = field(default_factory=lambda: Link(1, 1))
    mark: Mark = field(default_factory=lambda: Mark(1, 1, wall("10:15")))
    report: ReportedAbsence = field(
        default_factory=lambda: ReportedAbsence(1, 2, wall("10:10"), wall("11:10"), wall("08:00"))
    )
    """Of another student."""
    second_mark: Mark = field(default_factory=lambda: Mark(2, 1, wall("11:35")))

    @property
    def day(self) -> GeneratedDay:
        return GeneratedDay(
            students=[self.student],
            lessons=[self.first, self.second],
            guardians=[self.guardian],
            marks=[self.mark, self.second_mark],
            links=[self.link],
            reports=[self.report],
        )


LATEST_MINUTES = 90
"""How long after a lesson a text may leave, where there is a limit."""
type Story = Callable[[Example], list[Step]]
_SOON, _LATER = clock("11:30"), clock("12:50")


def ordinary_day(_: Example) -> list[Step]:
    return [Run(_SOON), Run(_SOON), Deliver(_SOON), Run(_LATER), Deliver(_LATER)]


def _a_second_too_early(_: Example) -> list[Step]:
    return [Run(_SOON - timedelta(seconds=1)), Run(_SOON)]


def _corrected_before_it_left(example: Example) -> list[Step]:
    return [
        *(Run(_SOON), Change(example.mark, "mark", "/"), Deliver(_SOON)),
        *(Run(_LATER), Deliver(_LATER)),
    ]


def _corrected_after_it_left(example: Example) -> list[Step]:
    return [Run(_SOON), Deliver(_SOON), Change(example.mark, "mark", "/"), Run(_LATER)]


def _at_the_limit(example: Example) -> list[Step]:
    """Play a guardian who is linked when a text may just leave, and another a second later."""
    example.link.status = "suspended"
    last = example.first.ends_at + timedelta(minutes=LATEST_MINUTES)
    at = last.replace(tzinfo=LONDON).astimezone(UTC)
    return [Run(_SOON), Change(example.link, "status", "active"), Run(at), Deliver(at)]


def _after_the_limit(example: Example) -> list[Step]:
    *steps, run, deliver = _at_the_limit(example)
    assert isinstance(run, Run)
    assert isinstance(deliver, Deliver)
    second = timedelta(seconds=1)
    return [*steps, Run(run.at), Deliver(run.at + second), Run(run.at + second)]


def _both_start_together(example: Example) -> list[Step]:
    example.second.starts_at, example.second.ends_at = wall("10:10"), wall("11:10")
    example.second_mark.marked_at = wall("10:20")
    return ordinary_day(example)


def value_in(record: str, column: str, value: str | int | datetime | None) -> Story:
    """Tell of a day that is odd from its start, and of one that turns odd while a text waits."""

    def story(example: Example) -> list[Step]:
        odd: Record = getattr(example, record)
        ordinary = getattr(odd, column)
        return [
            *(Change(odd, column, value), Run(_SOON), Deliver(_SOON)),
            *(Change(odd, column, ordinary), Run(_SOON), Change(odd, column, value)),
            *(Deliver(_SOON), Run(_LATER), Deliver(_LATER)),
        ]

    return story


STORIES: dict[str, Story] = {
    "an ordinary day": ordinary_day,
    "a run a second too early": _a_second_too_early,
    "a mark corrected before its text left": _corrected_before_it_left,
    "a mark corrected after its text left": _corrected_after_it_left,
    "two lessons that start together": _both_start_together,
    "a text that may just leave": _at_the_limit,
    "a text that is a second too late": _after_the_limit,
    "a mark that is not O": value_in("mark", "mark", "/"),
    "a mark in lower case": value_in("mark", "mark", "o"),
    "a mark with a space": value_in("mark", "mark", "O "),
    "a mark at the end": value_in("mark", "marked_at", wall("11:10")),
    "a mark before the end": value_in("mark", "marked_at", wall("11:09:59")),
    "a mark after the end": value_in("mark", "marked_at", wall("11:17")),
    "a mark with no time": value_in("mark", "marked_at", None),
    "a lesson that goes on": value_in("first", "ends_at", wall("11:10:01")),
    "a lesson that ends before it starts": value_in("first", "ends_at", wall("09:10")),
    "a student who left": value_in("student", "status", "L16"),
    "a short status": value_in("student", "status", "C1"),
    "a long status": value_in("student", "status", "C123"),
    "a status in lower case": value_in("student", "status", "c16"),
    "a status with an accent": value_in("student", "status", "Ç16"),
    "a suspended account": value_in("guardian", "status", "suspended"),
    "a suspended link": value_in("link", "status", "suspended"),
    "no mobile": value_in("guardian", "mobile", None),
    "a blank mobile": value_in("guardian", "mobile", "\t "),
    "hidden attendance": value_in("link", "hide_attendance", 1),
    "no reference": value_in("student", "reference", " "),
    "the longest reference": value_in("student", "reference", "STE040496351"),
    "too long a reference": value_in("student", "reference", "STE0404963512"),
    "a reference that no text can show": value_in("student", "reference", "STŁ1"),
    "a reference that only sorts like one that a text can show": value_in(
        "student", "reference", "STEſ"
    ),
    "a reference of two lines": value_in("student", "reference", "STE1\n"),
}


def _lesson_of_no_length(example: Example) -> list[Step]:
    example.first.ends_at = example.first.starts_at
    example.mark.marked_at = wall("10:05")
    return [Run(_SOON), Deliver(_SOON), Run(_LATER), Deliver(_LATER)]


STORIES["a lesson of no length"] = _lesson_of_no_length
