"""Hypothesis strategies for what may be odd about a record, or change about it during the day."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from db.source.reported_absence import ReportedAbsence
from db.source.tables import Guardian, Lesson, Link, Mark, Record, Student
from tests.integration.property.generated_day import GeneratedDay
from tests.integration.property.steps import Change

STATUSES = ["C16", "C", "C1", "C12", "C123", "c12", "CÉ1", "ÇAB", "", "   ", "C  ", "L16"]
REFERENCES = ["", "STE040496351", "STE0404963512", " STE1 ", "z_Z-9"]
REFERENCES += ["STŁ1", "STEſ", "S|1", "S`1", "\t", "STE1\n"]
MOBILES = ["07700 900789", None, "", "   ", "\t", "none", "-"]
MARKS = ["/", "O", "o", "0", "Ö", "O ", "", "L"]
ACCOUNTS = ["suspended", "active", "", "Active", " ACTIVE ", "active\t", "áctive"]
# Seconds after the lesson's end.
MARKED = [-1, 0, 1, 420, -3300]

type _Values = dict[str, st.SearchStrategy[str | int | datetime | None]]


def odd_values(day: GeneratedDay) -> st.SearchStrategy[Change]:
    return st.sampled_from(day.records()).flatmap(lambda record: _oddities_of(day, record))


def _oddities_of(day: GeneratedDay, record: Record) -> st.SearchStrategy[Change]:
    values = _values(day, record)
    return st.sampled_from(sorted(values)).flatmap(
        lambda column: st.builds(Change, st.just(record), st.just(column), values[column])
    )


def _values(day: GeneratedDay, record: Record) -> _Values:
    match record:
        case Student(student_id=number):
            references = {"reference": st.sampled_from(REFERENCES)} if number == 1 else {}
            return {"status": st.sampled_from(STATUSES), **references}
        case Guardian():
            return {"mobile": st.sampled_from(MOBILES), "status": st.sampled_from(ACCOUNTS)}
        case Link():
            return {"status": st.sampled_from(ACCOUNTS), "hide_attendance": st.sampled_from([1, 0])}
        case Mark():
            return {"mark": st.sampled_from(MARKS), "marked_at": _times_of_marking(day, record)}
        case ReportedAbsence():
            return {"student_id": st.sampled_from([1, 2])}
        case Lesson():
            return {"ends_at": st.sampled_from(_other_ends(record))}


def _times_of_marking(day: GeneratedDay, mark: Mark) -> st.SearchStrategy[datetime | None]:
    (lesson,) = day.lessons_with(mark.lesson_id)
    ends = lesson.ends_at
    return st.sampled_from([None, *(ends + timedelta(seconds=after) for after in MARKED)])


def _other_ends(lesson: Lesson) -> list[datetime]:
    half = (lesson.ends_at - lesson.starts_at) / 2
    return [lesson.starts_at, lesson.starts_at - timedelta(hours=1), lesson.starts_at + half]
