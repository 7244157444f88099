"""Plays several parts at once, one step at a time, in an order that the seed alone decides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Semaphore, Thread

from absence_texts.clock import CollegeTime
from tests.support.college import LONDON
from tests.support.faults import Calm, Fault, Script, Step

type Activity = Callable[["Actor"], None]

_BETWEEN_STEPS = (0, 0, 0, 0.1, 1)
_STALL_MINUTES = (1, 6, 20)


class Killed(BaseException):
    """The function ended here and now, as when Lambda takes its machine away."""


@dataclass
class Scheduler:
    chance: Random
    now: datetime
    """College time's instant, in UTC."""
    script: Script = field(default_factory=Calm)
    tick: int = 0
    journal: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def college_time(self) -> CollegeTime:
        return CollegeTime(self.now, LONDON)

    def pass_time(self, **duration: float) -> None:
        self.now += timedelta(**duration)

    def wall_clock(self) -> datetime:
        return self.college_time().wall_clock

    def advance_to(self, wall_clock: datetime) -> None:
        """Let time pass until then, if then is not past already."""
        self.now = max(self.now, wall_clock.replace(tzinfo=LONDON).astimezone(UTC))

    def note(self, what: str) -> None:
        self.journal.append(f"{self.wall_clock():%d. %H:%M:%S} {what}")

    def play(self, parts: dict[str, Activity]) -> None:
        """Play all parts to their ends."""
        actors = [Actor(self, name, part) for name, part in parts.items()]
        if len(actors) == 1:
            actors[0].play()
        else:
            self._take_turns(actors)

    def _take_turns(self, actors: Sequence["Actor"]) -> None:
        waiting = list(actors)
        for actor in waiting:
            actor.start_paused()
        while waiting:
            actor = self.chance.choice(waiting)
            actor.resume_until_next_step()
            if actor.has_ended:
                waiting.remove(actor)


class Actor:
    """One running function: a part being played, which pauses at its steps."""

    def __init__(self, scheduler: Scheduler, name: str, part: Activity) -> None:
        self.scheduler = scheduler
        self.name = name
        self.has_ended = False
        self.is_dead = False
        self.holds_locks = False
        """While it does, nobody else goes on: they might wait for the locks for ever."""
        self.checked_at = 0
        """The tick at which it last asked for the time, which is how each delivery begins."""
        self.checked_time = scheduler.college_time()
        self._part = part
        self._turn, self._back = Semaphore(0), Semaphore(0)
        self._thread: Thread | None = None
        self._error: BaseException | None = None

    def play(self) -> None:
        self.scheduler.note(f"{self.name} begins")
        try:
            self._part(self)
        except Killed:
            pass
        except Exception as error:  # noqa: BLE001 (raised again by resume_until_next_step, in the director's thread)
            self._error = error
        self.has_ended = True
        self.scheduler.note(f"{self.name} ends")
        if self._thread:
            self._back.release()
        else:
            self._raise_error()

    def start_paused(self) -> None:
        self._thread = Thread(target=self._enter, daemon=True)
        self._thread.start()

    def resume_until_next_step(self) -> None:
        """Let the part go on to its next step, or to its end."""
        self._turn.release()
        self._back.acquire()
        if self.has_ended and self._thread:
            self._thread.join()
            self._raise_error()

    def step(self, step: Step, about: str = "") -> Fault | None:
        """Let others go on, then say what goes wrong here; raises Killed."""
        if self.is_dead:
            raise Killed
        self.pause()
        return self._suffer(self.scheduler.script.fault_at(step), f"{step} {about}")

    def pause(self) -> None:
        """Let others go on, and a little time pass."""
        if self._thread and not self.holds_locks:
            self._back.release()
            self._turn.acquire()
        self.scheduler.tick += 1
        self.scheduler.pass_time(seconds=self.scheduler.chance.choice(_BETWEEN_STEPS))

    def now(self) -> CollegeTime:
        self.checked_at = self.scheduler.tick
        self.checked_time = self.scheduler.college_time()
        return self.checked_time

    def _suffer(self, fault: Fault | None, where: str) -> Fault | None:
        if fault is None:
            return None
        self.scheduler.faults.append(fault)
        self.scheduler.note(f"{self.name} {fault} at {where}")
        if fault is Fault.KILLED:
            self.is_dead = True
            raise Killed
        if fault is Fault.STALLED:
            self.scheduler.pass_time(minutes=self.scheduler.chance.choice(_STALL_MINUTES))
            return None
        return fault

    def _enter(self) -> None:
        self._turn.acquire()
        self.play()

    def _raise_error(self) -> None:
        if self._error:
            raise self._error
