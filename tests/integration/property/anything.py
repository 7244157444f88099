"""Hypothesis strategies for days whose every column holds anything that its type can."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from db.source.reported_absence import ReportedAbsence
from db.source.tables import Guardian, Lesson, Link, Mark, Record, Student
from tests.integration.property.generated_day import GeneratedDay
from tests.integration.property.odd_values import ACCOUNTS, MARKS, MOBILES, REFERENCES, STATUSES
from tests.integration.property.steps import Change, Deliver, Event, Remove, Repeat, Run, Step
from tests.integration.property.strategies import DAYS, days, instants_of

type Ids = list[int | None]

# MariaDB 10.11 says that the least BIGINT of all is not less than the greatest.
SIGNED: Ids = [None, 1 - 2**63, -1, 0, 1, 2, 2**31, 2**32, 20261123000101, 2**63 - 1]
UNSIGNED: Ids = [None, 0, 1, 2, 2**31, 2**32, 20261123000101, 2**63 - 1, 2**63, 2**64 - 1]
NO_TIMES = ["0000-00-00 00:00:00", "2026-00-00 10:10:00", "2026-11-00 10:10:00"]
FAR_TIMES = [datetime(1000, 1, 1), datetime(1970, 1, 1), datetime(9999, 12, 31, 23, 59, 59)]
MINUTES = [0, 5, 60, 61, 540, 600, 669, 670, 671, 700, 1179, 1180, 1439, 1440, -1, -60]
"""From midnight: about the lessons, their registers, the window's close and the day's end."""


def times(on: date) -> st.SearchStrategy[str | datetime | None]:
    midnight = datetime(on.year, on.month, on.day)
    that_day = [midnight + timedelta(minutes=minutes) for minutes in MINUTES]
    return st.sampled_from([None, *NO_TIMES, *FAR_TIMES, *that_day, *that_day])


def texts(longest: int, *usual: str | None) -> st.SearchStrategy[str | None]:
    """Draw a usual value, or any text of letters that a latin1 column holds too."""
    any_text = st.text(st.characters(max_codepoint=126), max_size=longest)
    return st.one_of(st.sampled_from([None, *usual]), any_text)


def _mobiles() -> st.SearchStrategy[str | None]:
    """Draw no number but those of the list: whether others are numbers is another test's matter."""
    return texts(30, *MOBILES).map(
        lambda text: (
            text if text in MOBILES else "".join(c for c in text or "" if c not in "0123456789")
        )
    )


def _values(record: Record, on: date, ids: Ids) -> dict[str, st.SearchStrategy[Any]]:
    values: dict[str, st.SearchStrategy[Any]]
    match record:
        case Student():
            values = {
                "reference": texts(20, *REFERENCES, "STE1"),
                "status": texts(10, *STATUSES),
            }
        case Lesson():
            values = {"starts_at": times(on), "ends_at": times(on)}
        case Mark():
            values = {"mark": texts(10, *MARKS, "O"), "marked_at": times(on)}
        case Guardian():
            values = {"mobile": _mobiles(), "status": texts(10, *ACCOUNTS)}
        case Link():
            hidden = st.sampled_from([None, 0, 1, -1, 127])
            values = {
                "status": texts(10, "active", "ACTIVE", " Active "),
                "hide_attendance": hidden,
            }
        case ReportedAbsence():
            of_report = dict.fromkeys(("starts_at", "ends_at", "reported_at"), times(on))
            return {"student_id": st.sampled_from(ids), **of_report}
    return {**values, **dict.fromkeys(record.key, st.sampled_from(ids))}


def _reports(on: date) -> st.SearchStrategy[ReportedAbsence]:
    """Draw a report of a student's day, or of a part of it."""
    midnight = datetime(on.year, on.month, on.day)
    starts = st.sampled_from([0, 540, 610])
    ends = st.sampled_from([670, 671, 1440])
    return st.builds(
        lambda student, starts, ends: ReportedAbsence(
            1,
            student,
            starts_at=midnight + timedelta(minutes=starts),
            ends_at=midnight + timedelta(minutes=ends),
            reported_at=midnight + timedelta(hours=8),
        ),
        st.sampled_from([1, 2]),
        starts,
        ends,
    )


def events(day: GeneratedDay, on: date, ids: Ids) -> st.SearchStrategy[Event]:
    """Draw a record that changes, that is there once more, or that goes."""
    return st.sampled_from(day.records()).flatmap(lambda record: _events_of(record, on, ids))


def _events_of(record: Record, on: date, ids: Ids) -> st.SearchStrategy[Event]:
    values = _values(record, on, ids)
    of_a_column = st.sampled_from(sorted(values)).flatmap(
        lambda column: st.builds(
            lambda event, value: event(record, column, value),
            st.sampled_from([Change, Change, Change, Repeat]),
            st.one_of(st.just(getattr(record, column)), values[column], values[column]),
        )
    )
    return st.one_of(of_a_column, of_a_column, of_a_column, st.just(Remove(record)))


@st.composite
def anything(draw: st.DrawFn, ids: Ids) -> tuple[GeneratedDay, ZoneInfo, list[Step], bool]:
    """Draw a day, its zone, steps in the order of time, and whether clashes are texted about."""
    zone = ZoneInfo("Europe/London")
    on = draw(st.sampled_from(DAYS))
    day = draw(days(on))
    day.reports = draw(st.lists(_reports(on), max_size=2))
    for event in draw(st.lists(events(day, on, ids), max_size=4)):
        event.apply(day)
    lessons = [row for row in day.lessons if isinstance(row.ends_at, datetime)]
    usual = [row for row in lessons if abs(row.ends_at.date() - on) <= timedelta(days=1)]
    instants = sorted(draw(st.lists(instants_of(on, zone, usual), min_size=2, max_size=4)))
    steps: list[Step] = []
    for instant in instants:
        steps += draw(_events_that_can_be(day, on, ids))
        steps.append(Run(instant))
        steps += draw(_events_that_can_be(day, on, ids))
        if draw(st.booleans()):
            steps.append(Deliver(instant))
    return day, zone, steps, draw(st.booleans())


def _events_that_can_be(day: GeneratedDay, on: date, ids: Ids) -> st.SearchStrategy[list[Event]]:
    return st.lists(events(day, on, ids), max_size=1) if day.records() else st.just([])
