"""A day's plot: rounds in which functions run side by side, then a quiet time to recover in."""

from dataclasses import dataclass
from datetime import datetime, time

from absence_texts.ledger import State
from tests.simulation.promises import Outcome
from tests.simulation.scheduler import Activity, Actor, Scheduler
from tests.simulation.service import Service
from tests.support.college import wall_clock
from tests.support.faults import Calm

_OPEN = {State.PENDING, State.QUEUED, State.SENDING}
_ALL_LESSONS_ARE_DUE = "12:41"
_EARLY_ENOUGH = time(17)
_WINDOW_CLOSES = time(20)
_NEXT_MORNING = "2026-11-24 08:05"
_QUIET_MINUTES = 16
"""Longer than a text is forgotten for, SQS hides a message, or a claim counts as alive."""


@dataclass
class Scenario:
    scheduler: Scheduler
    service: Service

    def by_chance(self) -> None:
        chance = self.scheduler.chance
        rounds = chance.randint(3, 6)
        evening = chance.randrange(4 * rounds)
        for number in range(rounds):
            if number == evening:
                self.scheduler.advance_to(wall_clock("19:58"))
            self.scheduler.play(self._parts_by_chance())
            self.scheduler.pass_time(minutes=chance.uniform(0, 45))

    def once(self) -> None:
        self.scheduler.play({"run": self.service.detect})
        self.scheduler.play({"sender": self.service.send})

    def receipts_once(self) -> None:
        """Let the script begin with what the carriers tell of two texts that were sent."""
        script, self.scheduler.script = self.scheduler.script, Calm()
        self.once()
        self.scheduler.script = script
        self.scheduler.pass_time(minutes=91)
        self.scheduler.play({"receipts": self.service.record})

    def recover(self) -> Outcome:
        """Let all go right again, and everything run until the next morning."""
        self.scheduler.note("all goes right again")
        self.scheduler.script = Calm()
        self.service.day.resume()
        there_was_time = self._is_before(_EARLY_ENOUGH)
        self.scheduler.advance_to(wall_clock(_ALL_LESSONS_ARE_DUE))
        while self._is_before(_WINDOW_CLOSES):
            self._quiet_round()
            if not self._has_open_texts():
                break
        self.scheduler.advance_to(wall_clock(_NEXT_MORNING))
        self._quiet_round()
        return self._outcome(there_was_time=there_was_time)

    def _parts_by_chance(self) -> dict[str, Activity]:
        chance = self.scheduler.chance
        parts: dict[str, Activity] = {}
        if chance.random() < 0.75:
            parts["run"] = self.service.detect
        for number in range(chance.randint(0, 3)):
            parts[f"sender {number}"] = self.service.send
        for number in range(chance.choice((0, 0, 0, 1))):
            parts[f"change {number}"] = self._change_something
        if chance.random() < 0.3:
            parts["person"] = self.service.resend
        if chance.random() < 0.7:
            parts["receipts"] = self._record_some_time
        return parts

    def _record_some_time(self, actor: Actor) -> None:
        for _ in range(actor.scheduler.chance.randrange(40)):
            actor.pause()
        self.service.record(actor)

    def _change_something(self, actor: Actor) -> None:
        for _ in range(actor.scheduler.chance.randrange(12)):
            actor.pause()
        day = self.service.day
        if actor.scheduler.chance.random() < 0.1:
            day.resume() if not day.sending_is_on else day.pause(actor.scheduler.tick)
            actor.scheduler.note(f"sending is on: {day.sending_is_on}")
            return
        change = actor.scheduler.chance.choice(day.changes)
        day.toggle(change, actor.scheduler.tick)
        actor.scheduler.note(f"{change.fact} holds: {change.fact not in day.ended}")

    def _quiet_round(self) -> None:
        self.scheduler.pass_time(minutes=_QUIET_MINUTES)
        self.scheduler.play({"run": self.service.detect})
        while self.service.queue.has_visible():
            self.scheduler.play({"sender": self.service.send})
        self.scheduler.play({"receipts": self.service.record})

    def _is_before(self, end: time) -> bool:
        return self.scheduler.wall_clock() < datetime.combine(wall_clock("00:00"), end)

    def _has_open_texts(self) -> bool:
        return any(text["state"] in _OPEN for text in self.service.day.college.texts())

    def _outcome(self, *, there_was_time: bool) -> Outcome:
        college = self.service.day.college
        return Outcome(
            day=self.service.day,
            texts=college.texts(),
            logs=college.pastoral_logs(),
            accepted=self.service.network.accepted,
            carriers=self.service.carriers,
            anything_went_wrong=bool(self.scheduler.faults),
            there_was_time=there_was_time,
        )
