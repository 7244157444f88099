"""A second reading of what must be true of the rows before the criteria are asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.source.tables import Guardian, Lesson, Link, Mark, Student
from tests.integration.property.generated_day import GeneratedDay
from tests.integration.property.oracle_clock import (
    has_real_time,
    held,
    is_on,
    leaves_before_the_close,
    over_at,
    shown,
)

LONGEST_REFERENCE = 12
LARGEST_ID = 9_223_372_036_854_775_807


@dataclass
class Text:
    lesson_id: int
    state: str
    reason: str | None = None


@dataclass(frozen=True)
class OracleRules:
    texts_clashes: bool = True
    latest: timedelta | None = None
    """How long after the end of a lesson its text may leave."""


@dataclass(frozen=True)
class Absence:
    """One register mark with its lesson and one linked guardian, as of one instant."""

    day: GeneratedDay
    now: datetime
    zone: ZoneInfo
    mark: Mark
    lesson: Lesson
    student: Student | None
    link: Link | None
    guardian: Guardian | None
    text: Text | None
    """Today's text for the two, unless it is this very absence's that is checked again."""
    rules: OracleRules

    @property
    def today(self) -> date:
        return shown(self.now, self.zone).date()


def fits(*ids: int | None) -> bool:
    return all(number is not None and number <= LARGEST_ID for number in ids)


def is_one(rows: Sequence[object]) -> bool:
    return len(rows) == 1


def is_at_most_one(rows: Sequence[object]) -> bool:
    return len(rows) <= 1


def lesson_is_one(absence: Absence) -> bool:
    return is_one(absence.day.lessons_with(absence.lesson.lesson_id))


def mark_is_one(absence: Absence) -> bool:
    return is_one(absence.day.marks_with(absence.mark.lesson_id, absence.mark.student_id))


def student_is_one(absence: Absence) -> bool:
    return is_at_most_one(absence.day.students_with(absence.mark.student_id))


def link_is_one(absence: Absence) -> bool:
    link = absence.link
    return link is None or is_at_most_one(absence.day.links_with(link.student_id, link.guardian_id))


def account_is_one(absence: Absence) -> bool:
    link = absence.link
    return link is None or is_at_most_one(absence.day.guardians_with(link.guardian_id))


def student_id_fits(absence: Absence) -> bool:
    return absence.student is None or fits(absence.student.student_id)


def guardian_id_fits(absence: Absence) -> bool:
    return absence.link is None or fits(absence.link.guardian_id)


def ends_after_it_starts(absence: Absence) -> bool:
    lesson = absence.lesson
    is_today = is_on(absence.today, lesson.starts_at)
    return is_today and held(lesson.ends_at) > held(lesson.starts_at)


def was_entered_that_day_by_now(absence: Absence) -> bool:
    marked_at = absence.mark.marked_at
    wall_clock = shown(absence.now, absence.zone)
    midnight = f"{absence.today} 00:00:00"
    return is_on(absence.today, marked_at) and (
        midnight < held(marked_at) <= wall_clock.isoformat(sep=" ")
    )


def can_be_named(absence: Absence) -> bool:
    reference = ((absence.student and absence.student.reference) or "").strip(" ")
    is_plain = all(" " <= character <= "z" for character in reference)
    return (
        is_plain and not set(reference) & set("[\\]^`") and 0 < len(reference) <= LONGEST_REFERENCE
    )


def has_no_other_mark_at_that_time(absence: Absence) -> bool:
    starts, ends = held(absence.lesson.starts_at), held(absence.lesson.ends_at)
    if absence.rules.texts_clashes or not starts or not ends or absence.mark.student_id is None:
        return True
    others = (
        lesson
        for mark in absence.day.marks
        if mark.student_id == absence.mark.student_id
        and (mark.mark or "").strip(" ") not in {"", "O"}
        for lesson in absence.day.lessons_with(mark.lesson_id)
        if lesson.lesson_id != absence.lesson.lesson_id
    )
    midnight = f"{absence.today} 00:00:00"
    return not any(
        midnight <= held(other.starts_at) < ends and held(other.ends_at) > starts
        for other in others
    )


def nobody_reported_it(absence: Absence) -> bool:
    """Say whether no report that can be read covers the whole lesson."""
    wall_clock = shown(absence.now, absence.zone).isoformat(sep=" ")
    starts, ends = held(absence.lesson.starts_at), held(absence.lesson.ends_at)
    return not any(
        report.student_id is not None
        and report.student_id == absence.mark.student_id
        and all(map(has_real_time, (report.starts_at, report.ends_at, report.reported_at)))
        and held(report.reported_at) <= wall_clock
        and held(report.starts_at) <= starts
        and "" < ends <= held(report.ends_at)
        for report in absence.day.reports
    )


def is_not_too_late(absence: Absence) -> bool:
    ends_at, latest = absence.lesson.ends_at, absence.rules.latest
    return latest is None or (
        isinstance(ends_at, datetime) and absence.now - over_at(ends_at, absence.zone) <= latest
    )


def can_use_up_the_day(absence: Absence) -> bool:
    """Say whether a text could tell of this absence at some time of the day."""
    mark, lesson = absence.mark, absence.lesson
    return (
        mark.mark == "O"
        and fits(mark.lesson_id)
        and lesson_is_one(absence)
        and mark_is_one(absence)
        and ends_after_it_starts(absence)
        and was_entered_that_day_by_now(absence)
        and held(mark.marked_at) < held(lesson.ends_at)
        and leaves_before_the_close(lesson.ends_at, absence.today, absence.zone)
        and has_no_other_mark_at_that_time(absence)
        and nobody_reported_it(absence)
        and is_not_too_late(absence)
    )
