"""A small college's day, and what its staff and guardians change while texts are under way."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from absence_texts.database import Value
from absence_texts.identifiers import AbsenceTextId, GuardianId, LessonId, StudentId
from tests.support.college import College, wall_clock

LESSONS = (("09:00", "10:00"), ("10:10", "11:10"), ("11:20", "12:20"))

type Fact = tuple[str, *tuple[int, ...]]

SENDING_IS_ON: Fact = ("sending is on",)


@dataclass(frozen=True)
class Change:
    """A fact that a text needs, and the column's values with which it ends and holds again."""

    fact: Fact
    table: str
    where: str
    column: str
    ended: Value
    holds: Value


@dataclass
class SimulatedDay:
    college: College
    lessons: dict[str, LessonId] = field(default_factory=dict)
    """By the time at which each starts, as a text says it."""
    ends: dict[LessonId, datetime] = field(default_factory=dict)
    students: dict[str, StudentId] = field(default_factory=dict)
    guardians: defaultdict[str, list[GuardianId]] = field(default_factory=lambda: defaultdict(list))
    """By their mobiles in E.164."""
    absences: list[tuple[StudentId, LessonId]] = field(default_factory=list)
    links: list[tuple[GuardianId, StudentId]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    ended: dict[Fact, int] = field(default_factory=dict)
    """The facts that do not hold, each with the step at which it ended."""
    ever_ended: set[Fact] = field(default_factory=set)
    resent_in_doubt: Counter[tuple[StudentId, GuardianId]] = field(default_factory=Counter)
    """How often a person resent a text that may have left."""
    holds_much: bool = False
    """Whether the settings are so strict that even a day as small as this one has held texts."""
    somebody_releases: bool = True
    """Whether a person releases the held texts before the day ends."""
    released: set[tuple[AbsenceTextId, LessonId]] = field(default_factory=set)
    """The held texts that a person released, each with the lesson that it was about."""

    @property
    def sending_is_on(self) -> bool:
        return SENDING_IS_ON not in self.ended

    def pause(self, step: int) -> None:
        self._end(SENDING_IS_ON, step)

    def resume(self) -> None:
        self.ended.pop(SENDING_IS_ON, None)

    def toggle(self, change: Change, step: int) -> None:
        holds = change.fact in self.ended
        value = change.holds if holds else change.ended
        self.college.change(change.table, change.where, **{change.column: value})
        if holds:
            del self.ended[change.fact]
        else:
            self._end(change.fact, step)

    def subject_of(self, message: str) -> tuple[StudentId, LessonId]:
        """Return the student and the lesson of a text."""
        words = message.split()
        time = words[words.index("at") + 1].removesuffix(".")
        return self.students[words[1]], self.lessons[time]

    def guardian_of(self, text_id: AbsenceTextId) -> GuardianId:
        (text,) = (text for text in self.college.texts() if text["id"] == text_id)
        return GuardianId(text["guardian_id"])

    def guardians_with_the_phone_of(self, guardian: GuardianId) -> list[GuardianId]:
        return next(each for each in self.guardians.values() if guardian in each)

    def facts_needed(self, student: int, guardian: int, lesson: int) -> Sequence[Fact]:
        """Return the facts without which a text must not be sent."""
        return (
            SENDING_IS_ON,
            ("mark", student, lesson),
            ("student", student),
            ("guardian", guardian),
            ("mobile", guardian),
            ("link", guardian, student),
        )

    def unchanged_pairs(self) -> list[tuple[StudentId, GuardianId]]:
        """Return each absent student with each guardian, where no fact of theirs ever changed."""
        return sorted(
            {
                (student, guardian)
                for guardian, linked in self.links
                for student, _ in self.absences
                if linked == student and not self._has_changed(student, guardian)
            }
        )

    def _has_changed(self, student: StudentId, guardian: GuardianId) -> bool:
        absences = [("mark", student, lesson) for who, lesson in self.absences if who == student]
        about: set[Fact] = {*absences, *self.facts_needed(student, guardian, 0)[2:]}
        return not self.ever_ended.isdisjoint(about)

    def _end(self, fact: Fact, step: int) -> None:
        self.ended.setdefault(fact, step)
        self.ever_ended.add(fact)


def one_absence(college: College, *, is_held: bool = False) -> SimulatedDay:
    """One student who missed 10:10, with two guardians."""
    day = SimulatedDay(college, holds_much=is_held)
    lesson = _add_lesson(day, "10:10", "11:10")
    reference = "STE00000001"
    day.students[reference] = student = college.student(reference=reference)
    _add_absence(day, student, lesson, wall_clock("10:10"))
    for _ in range(2):
        _link(day, _add_guardian(day), student)
    return day


def random_day(college: College, chance: Random) -> SimulatedDay:
    day = SimulatedDay(
        college, holds_much=chance.random() < 0.3, somebody_releases=chance.random() < 0.9
    )
    for starts, ends in LESSONS:
        _add_lesson(day, starts, ends)
    for _ in range(chance.randint(1, 3)):
        _add_student(day, chance)
    for _ in range(chance.randint(1, 3)):
        guardian = _add_guardian(day, has_a_phone_of_another=chance.random() < 0.3)
        students = list(day.students.values())
        for student in chance.sample(students, chance.randint(1, len(students))):
            _link(day, guardian, student)
    return day


def _add_lesson(day: SimulatedDay, starts: str, ends: str) -> LessonId:
    lesson = day.college.lesson(starts, ends)
    day.lessons[starts] = lesson
    day.ends[lesson] = wall_clock(ends)
    return lesson


def _add_student(day: SimulatedDay, chance: Random) -> None:
    number = len(day.students) + 1
    reference = f"STE{number:08d}"
    student = day.college.student(reference=reference)
    day.students[reference] = student
    day.changes.append(
        Change(("student", student), "students", f"student_id = {student}", "status", "W16", "C16")
    )
    for starts, lesson in day.lessons.items():
        if chance.random() < 0.6:
            _add_absence(day, student, lesson, wall_clock(starts))


def _add_absence(day: SimulatedDay, student: StudentId, lesson: LessonId, starts: datetime) -> None:
    day.college.mark(student, lesson, marked_at=f"{starts:%H:%M}")
    day.absences.append((student, lesson))
    where = f"student_id = {student} AND lesson_id = {lesson}"
    day.changes.append(Change(("mark", student, lesson), "register_marks", where, "mark", "/", "O"))


def _add_guardian(day: SimulatedDay, *, has_a_phone_of_another: bool = False) -> GuardianId:
    """Add a guardian; the phone of another is typed in another way."""
    shares = has_a_phone_of_another and bool(day.guardians)
    number = f"900{len(day.guardians) + (not shares):03d}"
    typed = f"+44 7700 {number}" if shares else f"07700 {number}"
    guardian = day.college.guardian(mobile=typed)
    day.guardians[f"+447700{number}"].append(guardian)
    where = f"guardian_id = {guardian}"
    day.changes += [
        Change(("guardian", guardian), "guardians", where, "status", "suspended", "active"),
        Change(("mobile", guardian), "guardians", where, "mobile", None, typed),
    ]
    return guardian


def _link(day: SimulatedDay, guardian: GuardianId, student: StudentId) -> None:
    day.college.link(guardian, student)
    day.links.append((guardian, student))
    fact: Fact = ("link", guardian, student)
    where = f"guardian_id = {guardian} AND student_id = {student}"
    day.changes.append(Change(fact, "guardian_students", where, "status", "suspended", "active"))
