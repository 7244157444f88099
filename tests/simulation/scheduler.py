"""Runs several activities at once, one step at a time, in an order that the seed alone decides."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Semaphore, Thread

from absence_texts.clock import CollegeTime
from tests.support.college import LONDON
from tests.support.faults import Fault, NoFaults, Script, Step

type Activity = Callable[["Actor"], None]

_SECONDS_OF_A_STEP = (0, 0, 0, 0.1, 1)
_STALL_MINUTES = (1, 6, 20)


class Killed(BaseException):
    """The function ends here and now, as when Lambda takes its machine away."""


@dataclass
class Scheduler:
    chance: Random
    now: datetime
    """The simulated instant, in UTC."""
    script: Script = field(default_factory=NoFaults)
    steps: int = 0
    """How many steps all actors have taken."""
    journal: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def college_time(self) -> CollegeTime:
        return CollegeTime(self.now, LONDON)

    def pass_time(self, **duration: float) -> None:
        self.now += timedelta(**duration)

    def wall_clock(self) -> datetime:
        return self.college_time().wall_clock

    def advance_to(self, wall_clock: datetime) -> None:
        """Let time pass until this moment; do nothing if the moment is past."""
        self.now = max(self.now, wall_clock.replace(tzinfo=LONDON).astimezone(UTC))

    def note(self, event: str) -> None:
        self.journal.append(f"{self.wall_clock():%d. %H:%M:%S} {event}")

    def run(self, activities: Mapping[str, Activity]) -> None:
        """Run all activities, each under its name, to their ends."""
        actors = [Actor(self, name, activity) for name, activity in activities.items()]
        if len(actors) == 1:
            actors[0].run()
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
    """One running function, which pauses before each of its steps."""

    def __init__(self, scheduler: Scheduler, name: str, activity: Activity) -> None:
        self.scheduler = scheduler
        self.name = name
        self.has_ended = False
        self.was_killed = False
        self.met: Fault | None = None
        """The fault that happened at this actor's last step."""
        self.holds_locks = False
        """While this is true, no other actor goes on: it might wait for the locks for ever."""
        self.checked_at_step = 0
        """The step at which this actor last asked for the time. Each delivery begins so."""
        self.checked_time = scheduler.college_time()
        self._activity = activity
        self._may_go_on, self._has_paused = Semaphore(0), Semaphore(0)
        self._thread: Thread | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        self.scheduler.note(f"{self.name} begins")
        try:
            self._activity(self)
        except Killed:
            pass
        except Exception as error:  # noqa: BLE001 (raised again by resume_until_next_step, in the scheduler's thread)
            self._error = error
        self.has_ended = True
        self.scheduler.note(f"{self.name} ends")
        if self._thread:
            self._has_paused.release()
        else:
            self._raise_error()

    def start_paused(self) -> None:
        self._thread = Thread(target=self._run_when_allowed, daemon=True)
        self._thread.start()

    def resume_until_next_step(self) -> None:
        """Let the activity go on to its next step, or to its end."""
        self._may_go_on.release()
        self._has_paused.acquire()
        if self.has_ended and self._thread:
            self._thread.join()
            self._raise_error()

    def step(self, step: Step, about: str = "") -> Fault | None:
        """Let others go on, then return the fault that happens at this step.

        Raises Killed if the fault ends this function.
        """
        if self.was_killed:
            raise Killed
        self.pause()
        self.met = self.scheduler.script.fault_at(step)
        return self._suffer(self.met, f"{step} {about}")

    def pause(self) -> None:
        """Let others go on, and a little time pass."""
        if self._thread and not self.holds_locks:
            self._has_paused.release()
            self._may_go_on.acquire()
        self.scheduler.steps += 1
        self.scheduler.pass_time(seconds=self.scheduler.chance.choice(_SECONDS_OF_A_STEP))

    def now(self) -> CollegeTime:
        self.checked_at_step = self.scheduler.steps
        self.checked_time = self.scheduler.college_time()
        return self.checked_time

    def _suffer(self, fault: Fault | None, where: str) -> Fault | None:
        if fault is None:
            return None
        self.scheduler.faults.append(fault)
        self.scheduler.note(f"{self.name} {fault} at {where}")
        if fault is Fault.KILLED:
            self.was_killed = True
            raise Killed
        if fault is Fault.STALLED:
            self.scheduler.pass_time(minutes=self.scheduler.chance.choice(_STALL_MINUTES))
            return None
        return fault

    def _run_when_allowed(self) -> None:
        self._may_go_on.acquire()
        self.run()

    def _raise_error(self) -> None:
        if self._error:
            raise self._error
