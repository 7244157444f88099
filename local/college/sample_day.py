"""A sample college day at 11:33, on which each criterion is true of some and false of others.

Each case says which text or reason to expect, and the demo compares what comes with it. So the
criteria must not work it out.
"""

from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from absence_texts.identifiers import NO_GUARDIAN, GuardianId, LessonId, StudentId
from local.college.sample_college import SampleCollege

STARTS = time(11, 33)
"""What the college's clock shows when the demo begins."""
STUDENTS = 220
SAMPLE_REFERENCE = "STE04049635"
_SUBJECTS = ("Biology", "English", "History", "Maths", "Physics")


class ExpectedText(NamedTuple):
    student: StudentId
    guardian: GuardianId
    lesson: LessonId


@dataclass
class SampleDay:
    """The rows of the day and what should come of them."""

    college: SampleCollege
    texts: list[ExpectedText] = field(default_factory=list)
    """What the day's first run should send."""
    reasons: dict[tuple[StudentId, GuardianId], str] = field(default_factory=dict)
    """The criterion that keeps each other absence from being texted about."""
    corrected: tuple[StudentId, LessonId] = (StudentId(0), LessonId(0))
    """The mark that is corrected after its text has gone."""

    def expect_text(self, student: StudentId, guardian: GuardianId, lesson: LessonId) -> None:
        self.texts.append(ExpectedText(student, guardian, lesson))


@dataclass(frozen=True)
class _Timetable:
    """Five lessons in each of three slots, one a subject."""

    early: list[LessonId]
    """08:40 to 09:40, due at 10:00."""
    morning: list[LessonId]
    """10:10 to 11:10, due at 11:30."""
    soon: list[LessonId]
    """10:20 to 11:20, due at 11:40."""
    trip: LessonId
    """09:00 to 20:30, due after the sending window has closed."""


def sample_day(day: date) -> SampleDay:
    """Make the sample day for this date."""
    college = SampleCollege(day)
    plan = SampleDay(college)
    lessons = _Timetable(
        early=[college.lesson(subject, "08:40", "09:40") for subject in _SUBJECTS],
        morning=[college.lesson(subject, "10:10", "11:10") for subject in _SUBJECTS],
        soon=[college.lesson(f"{subject} seminar", "10:20", "11:20") for subject in _SUBJECTS],
        trip=college.lesson("Theatre trip", "09:00", "20:30"),
    )
    _absences_with_texts(plan, lessons)
    _absences_without_texts(plan, lessons)
    _everybody_else(plan, lessons)
    return plan


def _absences_with_texts(plan: SampleDay, lessons: _Timetable) -> None:
    college = plan.college
    sample = college.student(reference=SAMPLE_REFERENCE)
    college.mark(sample, lessons.morning[0])
    plan.expect_text(sample, college.guardian(sample), lessons.morning[0])

    two_guardians = college.student()
    college.mark(two_guardians, lessons.morning[1])
    for _ in range(2):
        plan.expect_text(two_guardians, college.guardian(two_guardians), lessons.morning[1])

    siblings = [college.student(), college.student()]
    parent = college.guardian(*siblings)
    for sibling in siblings:
        college.mark(sibling, lessons.morning[2])
        plan.expect_text(sibling, parent, lessons.morning[2])

    missed_both = college.student()
    guardian = college.guardian(missed_both)
    college.mark(missed_both, lessons.early[0], marked_at="08:45")
    college.mark(missed_both, lessons.morning[0])
    plan.expect_text(missed_both, guardian, lessons.early[0])
    plan.reasons[missed_both, guardian] = "first_of_day"

    corrected = college.student()
    guardian = college.guardian(corrected)
    college.mark(corrected, lessons.early[1], marked_at="08:50")
    college.mark(corrected, lessons.morning[1])
    plan.expect_text(corrected, guardian, lessons.early[1])
    plan.corrected = (corrected, lessons.early[1])
    plan.reasons[corrected, guardian] = "not_texted_today"

    for lesson in (*lessons.early, *lessons.morning):
        student = college.student()
        college.mark(student, lesson, marked_at="09:00" if lesson in lessons.early else "10:20")
        plan.expect_text(student, college.guardian(student), lesson)


def _absences_without_texts(plan: SampleDay, lessons: _Timetable) -> None:
    college, lesson = plan.college, lessons.morning[3]
    leaver = college.student(status="L16")
    adult = college.student(status="A19")
    suspended, unlinked, unsubscribed, hidden, late, there_after_all, soon = (
        college.student() for _ in range(7)
    )
    cases = {
        leaver: (college.guardian(leaver), "student_16_19"),
        adult: (college.guardian(adult), "student_16_19"),
        suspended: (college.guardian(suspended, status="suspended"), "guardian_registered"),
        unlinked: (college.guardian(unlinked, link_status="suspended"), "link_active"),
        unsubscribed: (college.guardian(unsubscribed, has_mobile=False), "has_mobile"),
        hidden: (college.guardian(hidden, hide_attendance=1), "attendance_shared"),
        late: (college.guardian(late), "marked_in_time"),
    }
    for student, (guardian, reason) in cases.items():
        college.mark(student, lesson, marked_at="11:17" if student == late else "10:15")
        plan.reasons[student, guardian] = reason
    college.contact(unsubscribed)

    alone = college.student()
    college.mark(alone, lesson)
    plan.reasons[alone, NO_GUARDIAN] = "guardian_linked"

    college.mark(there_after_all, lesson, "L", marked_at="10:31")
    plan.reasons[there_after_all, college.guardian(there_after_all)] = "absent"
    college.mark(soon, lessons.soon[0], marked_at="10:25")
    plan.reasons[soon, college.guardian(soon)] = "due"
    on_the_trip = college.student()
    college.mark(on_the_trip, lessons.trip, marked_at="09:05")
    plan.reasons[on_the_trip, college.guardian(on_the_trip)] = "can_leave_that_day"


def _everybody_else(plan: SampleDay, lessons: _Timetable) -> None:
    college = plan.college
    slots = (lessons.early, lessons.morning, lessons.soon)
    for number in range(STUDENTS - len(college.students)):
        student = college.student()
        college.guardian(student)
        lesson = slots[number % 3][number % 5]
        college.mark(
            student, lesson, "/", marked_at="09:00" if lesson in lessons.early else "10:30"
        )
