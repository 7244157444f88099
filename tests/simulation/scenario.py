"""What happens on a day: rounds of functions at the same time, then a quiet time to recover."""

from dataclasses import dataclass
from datetime import datetime, time

from absence_texts.ledger import State
from tests.simulation.outcome import Outcome
from tests.simulation.scheduler import Activity, Actor, Scheduler
from tests.simulation.service import Service
from tests.support.college import wall_clock
from tests.support.faults import NoFaults

_OPEN = {State.PENDING, State.HELD, State.QUEUED, State.SENDING}
_ALL_LESSONS_ARE_DUE = "12:41"
_EARLY_ENOUGH = time(17)
_WINDOW_CLOSES = time(20)
_NEXT_MORNING = "2026-11-24 08:05"
_QUIET_MINUTES = 16
"""Longer than until a text is queued again, SQS shows a message again, or a claim is abandoned."""


@dataclass
class Scenario:
    scheduler: Scheduler
    service: Service

    def random_rounds(self) -> None:
        chance = self.scheduler.chance
        rounds = chance.randint(3, 6)
        evening = chance.randrange(4 * rounds)
        for number in range(rounds):
            if number == evening:
                self.scheduler.advance_to(wall_clock("19:58"))
            self.scheduler.run(self._random_activities())
            self.scheduler.pass_time(minutes=chance.uniform(0, 45))

    def one_run_and_one_sender(self) -> None:
        self.scheduler.run({"run": self.service.detect})
        self.scheduler.run({"sender": self.service.send})

    def a_held_text_is_released(self) -> None:
        self.scheduler.run({"run": self.service.detect})
        self.scheduler.run({"releaser": self.service.release})
        self.one_run_and_one_sender()

    def receipts_of_two_texts(self) -> None:
        """Send two texts without faults; the script's faults happen while receipts are recorded."""
        script, self.scheduler.script = self.scheduler.script, NoFaults()
        self.one_run_and_one_sender()
        self.scheduler.script = script
        self.scheduler.pass_time(minutes=91)
        self.scheduler.run({"receipts": self.service.record})

    def recover(self) -> Outcome:
        """End all faults, and run everything until the next morning."""
        self.scheduler.note("no more faults from here")
        self.scheduler.script = NoFaults()
        self.service.day.resume()
        had_time_to_recover = self._is_before(_EARLY_ENOUGH)
        self.scheduler.advance_to(wall_clock(_ALL_LESSONS_ARE_DUE))
        while self._is_before(_WINDOW_CLOSES):
            self._quiet_round()
            if not self._has_open_texts():
                break
        self.scheduler.advance_to(wall_clock(_NEXT_MORNING))
        self._quiet_round()
        return self._outcome(had_time_to_recover=had_time_to_recover)

    def _random_activities(self) -> dict[str, Activity]:
        chance = self.scheduler.chance
        activities: dict[str, Activity] = {}
        if chance.random() < 0.75:
            activities["run"] = self.service.detect
        for number in range(chance.randint(0, 3)):
            activities[f"sender {number}"] = self.service.send
        for number in range(chance.choice((0, 0, 0, 1))):
            activities[f"change {number}"] = self._change_a_fact
        if chance.random() < 0.6:
            activities["person"] = self.service.resend
        if chance.random() < 0.3:
            activities["releaser"] = self.service.release
        if chance.random() < 0.7:
            activities["receipts"] = self._record_after_a_while
        return activities

    def _record_after_a_while(self, actor: Actor) -> None:
        for _ in range(actor.scheduler.chance.randrange(40)):
            actor.pause()
        self.service.record(actor)

    def _change_a_fact(self, actor: Actor) -> None:
        for _ in range(actor.scheduler.chance.randrange(12)):
            actor.pause()
        day = self.service.day
        if actor.scheduler.chance.random() < 0.1:
            day.resume() if not day.sending_is_on else day.pause(actor.scheduler.steps)
            actor.scheduler.note(f"sending is on: {day.sending_is_on}")
            return
        change = actor.scheduler.chance.choice(day.changes)
        day.toggle(change, actor.scheduler.steps)
        actor.scheduler.note(f"{change.fact} holds: {change.fact not in day.ended}")

    def _quiet_round(self) -> None:
        self.scheduler.pass_time(minutes=_QUIET_MINUTES)
        self.scheduler.run({"run": self.service.detect})
        if self.service.day.somebody_releases:
            self.scheduler.run({"releaser": self.service.release})
        while self.service.queue.has_visible():
            self.scheduler.run({"sender": self.service.send})
        self.scheduler.run({"receipts": self.service.record})

    def _is_before(self, end: time) -> bool:
        return self.scheduler.wall_clock() < datetime.combine(wall_clock("00:00"), end)

    def _has_open_texts(self) -> bool:
        return any(text["state"] in _OPEN for text in self.service.day.college.texts())

    def _outcome(self, *, had_time_to_recover: bool) -> Outcome:
        college = self.service.day.college
        return Outcome(
            day=self.service.day,
            texts=college.texts(),
            logs=college.pastoral_logs(),
            accepted=self.service.network.accepted,
            carriers=self.service.carriers,
            a_fault_happened=bool(self.scheduler.faults),
            had_time_to_recover=had_time_to_recover,
        )
