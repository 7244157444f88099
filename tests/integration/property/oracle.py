"""What the ledger, the decisions and the pastoral logs must be after each run and delivery.

Kept in plain dictionaries; the rules are those of `reading.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from tests.integration.property.generated_day import GeneratedDay
from tests.integration.property.oracle_criteria import (
    Absence,
    Text,
    can_be_texted,
    ends_after_it_starts,
    first_failing,
    marked_o,
    took_place_on,
    twenty_minutes_after_the_end,
    was_entered_at_some_time,
)

OPENS, CLOSES = time(8), time(20)
WAITING = ("pending", "queued")


@dataclass
class Oracle:
    day: GeneratedDay
    zone: ZoneInfo
    texts: dict[tuple[int, int, date], Text] = field(default_factory=dict)
    decisions: dict[tuple[int, int, int], str] = field(default_factory=dict)
    logs: list[tuple[int, int, int]] = field(default_factory=list)
    told_phones: set[tuple[int, date, str]] = field(default_factory=set)
    """With the student and the day: "One phone hears of one absence once"."""

    def run(self, now: datetime) -> dict[str, int]:
        """Do one run and return the data problems that it counts."""
        wall_clock = now.astimezone(self.zone)
        is_open = OPENS <= wall_clock.time() < CLOSES
        self._claim(now, wall_clock.date(), is_open=is_open)
        self._decide(now, wall_clock.date())
        self._expire(wall_clock)
        if is_open:
            self._queue(wall_clock.date())
        return self._data_problems(wall_clock.date())

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

    def _claim(self, now: datetime, today: date, *, is_open: bool) -> None:
        for absence in self._absences(now, today):
            key = (absence.student.student_id, absence.guardian.guardian_id, today)
            may_claim = key not in self.texts or is_open
            if may_claim and first_failing(absence) is None:
                self.texts[key] = Text(absence.lesson.lesson_id, "pending")

    def _decide(self, now: datetime, today: date) -> None:
        for absence in self._absences(now, today):
            key = (
                absence.lesson.lesson_id,
                absence.student.student_id,
                absence.guardian.guardian_id,
            )
            text = absence.text
            if text and text.state != "cancelled" and text.lesson_id == absence.lesson.lesson_id:
                self.decisions.pop(key, None)
                continue
            is_due = marked_o(absence) and twenty_minutes_after_the_end(absence)
            if is_due and (failing := first_failing(absence)):
                self.decisions[key] = failing

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
        for absence in self._absences(now, today, checking_again=True):
            if (
                absence.lesson.lesson_id == text.lesson_id
                and absence.student.student_id == student_id
                and absence.guardian.guardian_id == guardian_id
            ):
                return first_failing(absence)
        return "absent"

    def _is_a_phone_number(self, guardian_id: int) -> bool:
        digits = self._digits(guardian_id)
        return digits.startswith("07700900") and len(digits) == 11

    def _digits(self, guardian_id: int) -> str:
        return (self.day.guardian(guardian_id).mobile or "").replace(" ", "")

    def _absences(
        self, now: datetime, today: date, *, checking_again: bool = False
    ) -> Iterator[Absence]:
        for mark in self.day.marks:
            lesson = self.day.lesson(mark.lesson_id)
            if not took_place_on(today, lesson):
                continue
            for link in self.day.links:
                if link.student_id != mark.student_id:
                    continue
                text = self.texts.get((link.student_id, link.guardian_id, today))
                yield Absence(
                    day=self.day,
                    now=now,
                    zone=self.zone,
                    student=self.day.student(mark.student_id),
                    lesson=lesson,
                    mark=mark,
                    guardian=self.day.guardian(link.guardian_id),
                    link=link,
                    text=None if checking_again else text,
                )

    def _data_problems(self, today: date) -> dict[str, int]:
        lessons = {row.lesson_id: row for row in self.day.lessons if took_place_on(today, row)}
        marks = [mark for mark in self.day.marks if mark.lesson_id in lessons and mark.mark == "O"]
        return {
            "lesson_times_in_order": sum(
                not ends_after_it_starts(lessons[mark.lesson_id]) for mark in marks
            ),
            "mark_has_time": sum(not was_entered_at_some_time(mark) for mark in marks),
            "reference_fits": sum(
                not can_be_texted(self.day.student(mark.student_id)) for mark in marks
            ),
        }
