"""The faults, the kinds of step at which each is possible, and scripts that decide when."""

from dataclasses import dataclass, field
from enum import StrEnum, auto
from random import Random
from typing import Protocol


class Step(StrEnum):
    """A moment at which a function may be interrupted."""

    STATEMENT = auto()
    """Before an SQL statement, BEGIN and COMMIT included."""
    ENQUEUE = auto()
    """Before detection's call to SQS."""
    BACK_OFF = auto()
    """Before a sender's call to SQS."""
    PUBLISH = auto()
    """Before a call to SNS."""
    ANSWERED = auto()
    """After SQS or SNS has answered, before the code does anything with the answer."""


class Fault(StrEnum):
    KILLED = auto()
    STALLED = auto()
    """The function stands still for minutes, longer than Lambda would allow."""
    CONNECTION_LOST = auto()
    """Before the statement reached the server, or the request its service."""
    ANSWER_LOST = auto()
    """The server or the service did as asked, then the connection broke."""
    ROLLED_BACK = auto()
    """The database chose this transaction as a deadlock's victim."""
    TAKEN_IN_PART = auto()
    ACCEPTED_THEN_HANGS = auto()
    ACCEPTED_THEN_500 = auto()
    HANGS = auto()
    ANSWERS_500 = auto()
    THROTTLED = auto()
    CONNECTION_REFUSED = auto()
    INVALID_NUMBER = auto()
    OPTED_OUT = auto()


_ANYWHERE = (Fault.KILLED, Fault.STALLED)
POSSIBLE = {
    Step.STATEMENT: (*_ANYWHERE, Fault.CONNECTION_LOST, Fault.ANSWER_LOST, Fault.ROLLED_BACK),
    Step.ENQUEUE: (*_ANYWHERE, Fault.CONNECTION_LOST, Fault.ANSWER_LOST, Fault.TAKEN_IN_PART),
    Step.BACK_OFF: (*_ANYWHERE, Fault.CONNECTION_LOST, Fault.ANSWER_LOST, Fault.TAKEN_IN_PART),
    Step.PUBLISH: (
        *_ANYWHERE,
        Fault.CONNECTION_LOST,
        Fault.ANSWER_LOST,
        Fault.ACCEPTED_THEN_HANGS,
        Fault.ACCEPTED_THEN_500,
        Fault.HANGS,
        Fault.ANSWERS_500,
        Fault.THROTTLED,
        Fault.CONNECTION_REFUSED,
        Fault.INVALID_NUMBER,
        Fault.OPTED_OUT,
    ),
    Step.ANSWERED: _ANYWHERE,
}


# A day has some hundred statements and a few publishes.
_RATES = {
    Step.STATEMENT: (0, 0.01, 0.03, 0.1),
    Step.ENQUEUE: (0, 0.1, 0.3),
    Step.BACK_OFF: (0, 0.1, 0.3),
    Step.PUBLISH: (0, 0.3, 0.7),
    Step.ANSWERED: (0, 0.1, 0.3),
}


class Script(Protocol):
    def fault_at(self, step: Step) -> Fault | None: ...


@dataclass
class NoFaults:
    """No fault; the steps are kept."""

    steps: list[Step] = field(default_factory=list)

    def fault_at(self, step: Step) -> Fault | None:
        self.steps.append(step)
        return None


@dataclass
class OneFault:
    """One fault, at the step of this number."""

    number: int
    fault: Fault
    _passed: int = 0

    def fault_at(self, _step: Step) -> Fault | None:
        self._passed += 1
        return self.fault if self._passed == self.number + 1 else None


class RandomFaults:
    """Faults at rates that the seed decides for each kind of step; one day in ten has none."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        ordinary = chance.random() < 0.9
        self._rates = {step: ordinary * chance.choice(rates) for step, rates in _RATES.items()}

    def fault_at(self, step: Step) -> Fault | None:
        if self._chance.random() >= self._rates[step]:
            return None
        return self._chance.choice(POSSIBLE[step])
