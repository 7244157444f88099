"""A step of the model: one committed statement or one outside call of the real code."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from tests.model.world import World


class Place(StrEnum):
    CLAIM = "a run claims an absence"
    CLAIM_AGAIN = "a run claims a cancelled text again"
    EXPIRE = "a run cancels what came too late"
    ABANDON = "a run doubts an abandoned text"
    HOLD = "a run holds a text"
    RELEASE = "a person releases a held text"
    FIND = "a run finds a waiting text"
    ENQUEUE = "a run sends a job"
    MARK = "a run marks a text queued"
    CHECK = "a sender checks"
    HOLD_BACK = "a sender holds a text back"
    TAKE = "a sender claims"
    WAIT = "a sender asks who has the phone"
    PUBLISH = "a sender publishes"
    RECORD = "a sender records the answer"
    RESEND = "a person resends"
    LOOK_UP = "a receipt's texts are looked up"
    KEEP = "a receipt is kept"
    MATCH = "a receipt's text is read"
    SETTLE = "a receipt is applied"


class Fault(StrEnum):
    """What may go wrong at a step. Faults with one effect on the model's state are one fault."""

    KILLED = "killed before the step"
    ANSWER_LOST = "done, and the answer lost"
    TWICE = "SQS delivers the job twice"
    STALLED = "stalled for minutes"
    TIME_OUT_ACCEPTED = "SNS accepted, no answer"
    TIME_OUT = "SNS accepted nothing, no answer"
    THROTTLED = "SNS throttles"
    REFUSED = "SNS refuses the number"
    HALF_COMMITTED = "killed between two statements that were one transaction"
    POSTED_AGAIN = "the client posts again after a time-out"


class Step(NamedTuple):
    place: Place
    text: int
    fault: Fault | None = None


type Steps = Iterator[tuple[Step, World]]


def after_fault(world: World) -> World:
    return world._replace(faults=world.faults - 1)
