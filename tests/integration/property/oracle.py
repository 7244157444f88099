"""What ledger, decisions and logs must be after each step, by the rules of `oracle_criteria.py`."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from db.source.tables import Lesson, Link, Mark, Student
from tests.integration.property.generated_day import GeneratedDay
from tests.integration.property.oracle_clock import CLOSES
from tests.integration.property.oracle_criteria import (
    DATA_CHECKS,
    first_failing,
    is_to_be_decided,
    marked_o,
)
from tests.integration.property.oracle_data_checks import Absence, OracleRules, Text, fits
from tests.integration.property.oracle_marks import marks_of, marks_without_start

NO_GUARDIAN = -9_223_372_036_854_775_808
OPENS = time(8)
WAITING = ("pending", "queued")


@dataclass
class Oracle:
    day: GeneratedDay
    zone: ZoneInfo
    rules: OracleRules = field(default_factory=OracleRules)
    texts: dict[tuple[int, int, date], Text] = field(default_factory=dict)
    decisions: dict[tuple[int, int, int], tuple[date, str]] = field(default_factory=dict)
    """The day and the reason, by lesson, student and guardian."""
    logs: list[tuple[int, int, int]] = field(default_factory=list)
    told_phones: set[tuple[int, date, str]] = field(default_factory=set)
    """With the student and the day: "One phone hears of one absence once"."""

    def run(self, now: datetime) -> dict[str, int]:
        """Do one run; return the data problems that it counts, and that it left no row out."""
        wall_clock = now.astimezone(self.zone)
        is_open = OPENS <= wall_clock.time() < CLOSES
        has_closed = wall_clock.time() >= CLOSES
        self._claim(now, wall_clock.date(), has_closed=has_closed)
        self._decide(now, wall_clock.date(), "window_closed" if has_closed else None)
        self._expire(wall_clock)
        if is_open:
            self._queue(wall_clock.date())
        return self._data_problems(now, wall_clock.date()) | {"left_out": 0}

    def deliver(self, now: datetime) -> None:
        """Deliver every text that waits."""
        wall_clock = now.astimezone(self.zone)
        for (student_id, guardian_id, day), text in self.texts.items():
            if text.state not in WAITING:
                continue
            obstacle = self._obstacle(student_id, guardian_id, text, now)
            if day != wall_clock.date():
                text.state, text.reason = "cancelled", "day_over"
            elif wall_clock.time() >= CLOSES:
                text.state, text.reason = "cancelled", "window_closed"
            elif obstacle:
                text.state, text.reason = "cancelled", obstacle
            elif wall_clock.time() < OPENS:
                text.state = "pending"
            elif not self._is_a_phone_number(guardian_id):
                text.state = "failed"
            elif (phone := (student_id, day, self._digits(guardian_id))) in self.told_phones:
                text.state, text.reason = "cancelled", "phone_already_told"
            else:
                text.state = "sent"
                self.told_phones.add(phone)
                self.logs.append((student_id, guardian_id, text.lesson_id))

    def failing(self, now: datetime) -> dict[tuple[int, int, int], str | None]:
        """Return what fails now, by lesson, student and guardian, for each absent mark."""
        return {
            key: first_failing(
                absence if self._is_elsewhere(absence) else replace(absence, text=None)
            )
            for absence, key in self._absences(now, now.astimezone(self.zone).date())
            if marked_o(absence)
        }

    def _is_elsewhere(self, absence: Absence) -> bool:
        return absence.text is not None and absence.text.lesson_id != absence.lesson.lesson_id

    def _claim(self, now: datetime, today: date, *, has_closed: bool) -> None:
        # In the order of the ids, in which the texts are delivered.
        claimed = {
            (student_id, guardian_id, today): absence.lesson.lesson_id
            for absence, (_, student_id, guardian_id) in self._absences(now, today)
            if first_failing(absence) is None
            and not (has_closed and (student_id, guardian_id, today) in self.texts)
        }
        self.texts |= {key: Text(claimed[key], "pending") for key in sorted(claimed)}

    def _decide(self, now: datetime, today: date, otherwise: str | None) -> None:
        decided: dict[tuple[int, int, int], tuple[date, str]] = {}
        own = [*self._absences(now, today), *self._absences_without_guardian(now, today)]
        for absence, (lesson_id, student_id, guardian_id) in own:
            if absence.text and absence.text.lesson_id == absence.lesson.lesson_id:
                continue
            failing = first_failing(absence) or otherwise
            if not (marked_o(absence) and is_to_be_decided(absence) and failing):
                continue
            if fits(lesson_id, student_id):
                guardian = guardian_id if fits(guardian_id) else NO_GUARDIAN
                decided[lesson_id, student_id, guardian] = (today, failing)
        earlier = {key: kept for key, kept in self.decisions.items() if kept[0] != today}
        self.decisions = earlier | decided

    def _expire(self, wall_clock: datetime) -> None:
        for (_, _, day), text in self.texts.items():
            if text.state in WAITING and day < wall_clock.date():
                text.state, text.reason = "cancelled", "day_over"
            if text.state in WAITING and wall_clock.time() >= CLOSES:
                text.state, text.reason = "cancelled", "window_closed"

    def _queue(self, today: date) -> None:
        for (_, _, day), text in self.texts.items():
            if text.state == "pending" and day == today:
                text.state = "queued"

    def _obstacle(self, student_id: int, guardian_id: int, text: Text, now: datetime) -> str | None:
        today = now.astimezone(self.zone).date()
        for mark, lesson in marks_of(self.day, today):
            if (mark.student_id, lesson.lesson_id, mark.mark) == (student_id, text.lesson_id, "O"):
                links = self.day.links_with(student_id, guardian_id)
                absence = self._absence(now, mark, lesson, links[0] if links else None, guardian_id)
                return first_failing(absence)
        return "absent"

    def _is_a_phone_number(self, guardian_id: int) -> bool:
        digits = self._digits(guardian_id)
        return digits.startswith("07700900") and len(digits) == 11

    def _digits(self, guardian_id: int) -> str:
        return (self.day.guardians_with(guardian_id)[0].mobile or "").replace(" ", "")

    def _absences(
        self, now: datetime, today: date
    ) -> Iterator[tuple[Absence, tuple[int, int, int]]]:
        """Yield each mark and linked guardian of today, with their lesson, student and guardian."""
        for mark, lesson in marks_of(self.day, today):
            for link in self.day.links:
                if link.student_id is None or link.student_id != mark.student_id:
                    continue
                absence = self._absence(now, mark, lesson, link, link.guardian_id)
                text = self.texts.get((link.student_id, link.guardian_id, today))
                key = (mark.lesson_id, mark.student_id, link.guardian_id)
                yield replace(absence, text=text), key

    def _absences_without_guardian(
        self, now: datetime, today: date
    ) -> Iterator[tuple[Absence, tuple[int, int, int]]]:
        linked = {link.student_id for link in self.day.links if link.student_id is not None}
        for mark, lesson in marks_of(self.day, today):
            if mark.student_id not in linked:
                absence = self._absence(now, mark, lesson, None, None)
                yield absence, (mark.lesson_id, mark.student_id, NO_GUARDIAN)

    def _absence(
        self, now: datetime, mark: Mark, lesson: Lesson, link: Link | None, guardian_id: int | None
    ) -> Absence:
        students = self.day.students_with(mark.student_id)
        guardians = self.day.guardians_with(guardian_id)
        return Absence(
            day=self.day,
            now=now,
            zone=self.zone,
            mark=mark,
            lesson=lesson,
            student=students[0] if students else None,
            link=link,
            guardian=guardians[0] if guardians else None,
            text=None,
            rules=self.rules,
        )

    def _data_problems(self, now: datetime, today: date) -> dict[str, int]:
        """Count the absent marks that fail each data check, each mark once."""
        failing: dict[str, set[tuple[int, int]]] = {name: set() for name in DATA_CHECKS}
        for mark, lesson in [*marks_of(self.day, today), *marks_without_start(self.day, today)]:
            if mark.mark != "O":
                continue
            for absence in self._versions(now, mark, lesson):
                for name, holds in DATA_CHECKS.items():
                    if not holds(absence):
                        failing[name].add((mark.lesson_id, mark.student_id))
        return {name: len(marks) for name, marks in failing.items()}

    def _versions(self, now: datetime, mark: Mark, lesson: Lesson) -> Iterator[Absence]:
        """Yield the mark with each row of its student and each of the student's links."""
        linked = (link for link in self.day.links if link.student_id == mark.student_id)
        links: list[Link | None] = [] if mark.student_id is None else [*linked]
        for link in links or [None]:
            absence = self._absence(now, mark, lesson, link, link.guardian_id if link else None)
            students: list[Student | None] = [*self.day.students_with(mark.student_id)]
            for student in students or [None]:
                yield replace(absence, student=student)
