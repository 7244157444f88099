"""A second reading of the specification's sentences, in plain Python over plain objects.

It shares nothing with the product: no SQL, no settings, no clock. If the product and this
reading disagree, one of them is wrong.
"""

from collections.abc import Callable
from dataclasses import replace

from tests.integration.property.oracle_clock import (
    comes_after_wait,
    held,
    is_on,
    leaves_before_the_close,
)
from tests.integration.property.oracle_data_checks import (
    Absence,
    account_is_one,
    can_be_named,
    can_use_up_the_day,
    ends_after_it_starts,
    fits,
    guardian_id_fits,
    has_no_other_mark_at_that_time,
    is_not_too_late,
    lesson_is_one,
    link_is_one,
    mark_is_one,
    nobody_reported_it,
    student_id_fits,
    student_is_one,
    was_entered_that_day_by_now,
)


def marked_o(absence: Absence) -> bool:
    return absence.mark.mark == "O"


def first_lesson_of_the_day_marked_o(absence: Absence) -> bool:
    mine = (held(absence.lesson.starts_at), absence.lesson.lesson_id)
    for mark in absence.day.marks:
        if mark.student_id != absence.mark.student_id:
            continue
        for lesson in absence.day.lessons_with(mark.lesson_id):
            other = replace(absence, mark=mark, lesson=lesson)
            if (
                is_on(absence.today, lesson.starts_at)
                and can_use_up_the_day(other)
                and (held(lesson.starts_at), lesson.lesson_id) < mine
            ):
                return False
    return True


def register_marked_before_the_end(absence: Absence) -> bool:
    return held(absence.mark.marked_at) < held(absence.lesson.ends_at)


def can_leave_that_day(absence: Absence) -> bool:
    return leaves_before_the_close(absence.lesson.ends_at, absence.today, absence.zone)


def twenty_minutes_after_the_end(absence: Absence) -> bool:
    return comes_after_wait(absence.lesson.ends_at, absence.now, absence.zone)


def is_to_be_decided(absence: Absence) -> bool:
    """Say whether the text is due, or can never be due that day."""
    return twenty_minutes_after_the_end(absence) or not can_leave_that_day(absence)


def active_16_19_student(absence: Absence) -> bool:
    status = (absence.student and absence.student.status) or ""
    return len(status) == 3 and status[0] == "C"


def says_active(status: str | None) -> bool:
    return (status or "").strip(" ").lower() == "active"


def registered_on_the_portal(absence: Absence) -> bool:
    return absence.guardian is not None and says_active(absence.guardian.status)


def linked_and_active(absence: Absence) -> bool:
    return absence.link is not None and says_active(absence.link.status)


def mobile_on_the_portal(absence: Absence) -> bool:
    mobile = absence.guardian and absence.guardian.mobile
    return any(character in "0123456789" for character in mobile or "")


def attendance_not_hidden(absence: Absence) -> bool:
    return not (absence.link and absence.link.hide_attendance)


def no_text_for_any_further_absence(absence: Absence) -> bool:
    text = absence.text
    return text is None or (text.state == "cancelled" and text.reason != "phone_already_told")


DATA_CHECKS: dict[str, Callable[[Absence], bool]] = {
    "lesson_id_fits": lambda absence: fits(absence.mark.lesson_id),
    "student_id_fits": student_id_fits,
    "guardian_id_fits": guardian_id_fits,
    "lesson_once": lesson_is_one,
    "mark_once": mark_is_one,
    "student_once": student_is_one,
    "link_once": link_is_one,
    "account_once": account_is_one,
    "lesson_times_in_order": ends_after_it_starts,
    "mark_has_time": was_entered_that_day_by_now,
    "reference_fits": can_be_named,
    "no_timetable_clash": has_no_other_mark_at_that_time,
}
IN_ORDER: dict[str, Callable[[Absence], bool]] = {
    "absent": marked_o,
    **DATA_CHECKS,
    "first_of_day": first_lesson_of_the_day_marked_o,
    "marked_in_time": register_marked_before_the_end,
    "can_leave_that_day": can_leave_that_day,
    "not_reported": nobody_reported_it,
    "due": twenty_minutes_after_the_end,
    "student_16_19": active_16_19_student,
    "guardian_linked": lambda absence: absence.link is not None,
    "guardian_registered": registered_on_the_portal,
    "link_active": linked_and_active,
    "has_mobile": mobile_on_the_portal,
    "attendance_shared": attendance_not_hidden,
    "not_texted_today": no_text_for_any_further_absence,
    "not_too_late": is_not_too_late,
}


def first_failing(absence: Absence) -> str | None:
    return next((name for name, holds in IN_ORDER.items() if not holds(absence)), None)
