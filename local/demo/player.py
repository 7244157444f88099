"""Plays the sample day on a running stack."""

from collections.abc import Callable
from dataclasses import dataclass, field

from absence_texts.clock import CollegeTime
from absence_texts.database import Database
from local.college.sample_day import STUDENTS, SampleDay
from local.demo import terminal
from local.demo.outcomes import (
    correct_mark,
    expected_messages,
    has_been_decided,
    not_texted,
    pastoral_logs,
)
from local.phones import texts
from local.running_stack import RunningStack
from local.scheduler import run_schedule_now
from local.waiting import wait_until

_TEXTS_TAKE_SECONDS = 60


class TextsMissingError(Exception):
    """The expected texts did not arrive in time."""


@dataclass
class Player:
    stack: RunningStack
    database: Database
    day: SampleDay
    _shown: set[str] = field(default_factory=set)

    def play(self) -> bool:
        """Play the day; say whether exactly the expected texts arrived."""
        day = self.day
        day.college.insert_into(self.database)
        self._say(f"{STUDENTS} students, 15 lessons; their registers are marked.")
        self._run_schedule(
            "20 minutes have passed since the lessons that ended by 11:10. The scheduler ticks …"
        )
        self._wait_until(lambda: len(self._shown) >= len(day.texts), "Not all texts came.")
        student = correct_mark(self.database, day)
        self._run_schedule(
            f"The tutor corrects a mark: {student} was in the 08:40 lesson. The next tick …"
        )
        self._wait_until(
            lambda: has_been_decided(self.database, "not_texted_today"),
            "The next run did not come.",
        )
        terminal.show_not_texted(not_texted(self.database, self._now()))
        return terminal.show_verdict(
            expected=expected_messages(day),
            arrived=[(text.mobile, text.body) for text in texts(self.stack.ministack_address)],
        )

    def _run_schedule(self, words: str) -> None:
        self._say(words)
        run_schedule_now(self.stack)

    def _wait_until(self, holds: Callable[[], bool], complaint: str) -> None:
        def shown_and_holds() -> bool:
            self._show_new_texts()
            return holds()

        wait_until(
            shown_and_holds,
            seconds=_TEXTS_TAKE_SECONDS,
            every=0.2,
            otherwise=lambda: TextsMissingError(complaint),
        )

    def _show_new_texts(self) -> None:
        logs = pastoral_logs(self.database)
        for text in texts(self.stack.ministack_address):
            if text.message_id in logs.keys() - self._shown:
                self._shown.add(text.message_id)
                terminal.show_text(text, logs[text.message_id])

    def _say(self, words: str) -> None:
        terminal.step(self._now(), words)

    def _now(self) -> CollegeTime:
        return self.stack.clock.now()
