"""A second reading of the specification's sentences, in plain Python over plain objects.

It shares nothing with the product: no SQL, no settings, no clock. Where the two disagree, one of
them is wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from local.college.rows import Guardian, Lesson, Link, Mark, Student
from tests.integration.property.generated_day import GeneratedDay

WAIT = timedelta(minutes=20)
LONGEST_REFERENCE = 12


@dataclass
class Text:
    lesson_id: int
    state: str
    reason: str | None = None


@dataclass(frozen=True)
class Absence:
    """One register mark and one linked guardian, as of one instant."""

    day: GeneratedDay
    now: datetime
    zone: ZoneInfo
    student: Student
    lesson: Lesson
    mark: Mark
    guardian: Guardian
    link: Link
    text: Text | None
    """Today's text for the two, unless it is this very absence's that is checked again."""


def took_place_on(day: date, lesson: Lesson) -> bool:
    return lesson.starts_at.date() == day


def marked_o(absence: Absence) -> bool:
    return absence.mark.mark == "O"


def first_lesson_of_the_day_marked_o(absence: Absence) -> bool:
    mine = (absence.lesson.starts_at, absence.lesson.lesson_id)
    today = absence.lesson.starts_at.date()
    for mark in absence.day.marks:
        lesson = absence.day.lesson(mark.lesson_id)
        if (
            mark.student_id == absence.student.student_id
            and took_place_on(today, lesson)
            and mark.mark == "O"
            and mark.marked_at is not None
            and mark.marked_at < lesson.ends_at
            and ends_after_it_starts(lesson)
            and (lesson.starts_at, lesson.lesson_id) < mine
        ):
            return False
    return True


def register_marked_before_the_end(absence: Absence) -> bool:
    marked_at = absence.mark.marked_at
    return marked_at is not None and marked_at < absence.lesson.ends_at


def twenty_minutes_after_the_end(absence: Absence) -> bool:
    return absence.now - over_at(absence.lesson.ends_at, absence.zone) >= WAIT


def active_16_19_student(absence: Absence) -> bool:
    status = absence.student.status
    return len(status) == 3 and status[0] == "C"


def registered_on_the_portal(absence: Absence) -> bool:
    return absence.guardian.status == "active"


def linked_and_active(absence: Absence) -> bool:
    return absence.link.status == "active"


def mobile_on_the_portal(absence: Absence) -> bool:
    return any(character in "0123456789" for character in absence.guardian.mobile or "")


def attendance_not_hidden(absence: Absence) -> bool:
    return not absence.link.hide_attendance


def no_text_for_any_further_absence(absence: Absence) -> bool:
    text = absence.text
    return text is None or (text.state == "cancelled" and text.reason != "phone_already_told")


def ends_after_it_starts(lesson: Lesson) -> bool:
    return lesson.ends_at > lesson.starts_at


def was_entered_at_some_time(mark: Mark) -> bool:
    return mark.marked_at is not None


def can_be_texted(student: Student) -> bool:
    reference = student.reference.strip(" ")
    is_plain = all(" " <= character <= "z" for character in reference)
    return (
        is_plain and not set(reference) & set("[\\]^`") and 0 < len(reference) <= LONGEST_REFERENCE
    )


IN_ORDER: dict[str, Callable[[Absence], bool]] = {
    "absent": marked_o,
    "first_of_day": first_lesson_of_the_day_marked_o,
    "marked_in_time": register_marked_before_the_end,
    "due": twenty_minutes_after_the_end,
    "student_16_19": active_16_19_student,
    "guardian_registered": registered_on_the_portal,
    "link_active": linked_and_active,
    "has_mobile": mobile_on_the_portal,
    "attendance_shared": attendance_not_hidden,
    "not_texted_today": no_text_for_any_further_absence,
    "lesson_times_in_order": lambda absence: ends_after_it_starts(absence.lesson),
    "mark_has_time": lambda absence: was_entered_at_some_time(absence.mark),
    "reference_fits": lambda absence: can_be_texted(absence.student),
}


def first_failing(absence: Absence) -> str | None:
    return next((name for name, holds in IN_ORDER.items() if not holds(absence)), None)


def over_at(wall_clock: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant from which the college's clock shows this or later, for good.

    That is the second showing of a time that comes twice, and the leap over one that never shows.
    """
    both = (wall_clock.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    moment = max(either.astimezone(UTC) for either in both)
    if shown(moment, zone) == wall_clock:
        return moment
    minute = timedelta(minutes=1)
    moment = moment.replace(second=0)
    while shown(moment - minute, zone) >= wall_clock:
        moment -= minute
    return moment


def shown(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)
