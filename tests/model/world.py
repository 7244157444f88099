"""A state of the model: the ledger's rows, the queue, and how far each function has come.

All parts are tuples, so that two equal states are one.
"""

from enum import StrEnum
from typing import NamedTuple

from absence_texts.ledger import State


class At(StrEnum):
    """How far a run's outbox or a sender has come, with one text."""

    START = "start"
    FOUND = "found"
    TAKEN = "taken"
    CHECKED = "checked"
    PHONE_BUSY = "phone_busy"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    END = "end"


class Receipt(StrEnum):
    NOT_HERE = "not_here"
    LOOKED_UP = "looked_up"
    KEPT = "kept"
    APPLIED = "applied"


class Row(NamedTuple):
    """A text in the ledger. The columns that no statement asks for are left out."""

    state: State | None = None
    """None until a run claims the text."""
    lesson: int = 1
    attempts: int = 0
    was_in_doubt: bool = False
    resent_since: bool = False
    """A person resent the text after it was in doubt: `pending_at > in_doubt_at`."""
    message: int = 0
    """The lesson that the stored words are about."""
    holds_phone: bool = False
    phone_told: bool = False
    message_id: int = 0
    logs: tuple[int, ...] = ()
    """The lesson that each pastoral log is about."""
    is_held: bool = False
    """Held, and no person has released it since: what the promise is compared with."""
    was_released: bool = False
    """A person released it: `pending_at > held_at`."""
    permitted: int = 0
    """How many publishes SNS may accept: no column, but what the promise is compared with."""


class Run(NamedTuple):
    at: At = At.START
    text: int = 0
    retried: bool = False


class Sender(NamedTuple):
    at: At = At.START
    text: int = 0
    lesson: int = 0
    attempts: int = 0
    """As the sender read the row when it checked: its claim is the next attempt."""
    was_in_doubt: bool = False
    to: State = State.SENDING
    """The state to which the sender will move the text."""
    message_id: int = 0
    retried: bool = False
    stalled: bool = False
    phone_told: bool = False


class Publish(NamedTuple):
    """A text that SNS accepted, and its receipt. Its message id is its place among them, from 1."""

    text: int
    lesson: int
    attempt: int
    late: bool
    """Published by a sender whose claim counts as abandoned: Lambda ends a sender long before."""
    receipt: Receipt = Receipt.NOT_HERE
    may_be_of: tuple[int, ...] = ()


class Match(NamedTuple):
    """What a call of `record_delivery` has read, and is about to commit."""

    publish: int
    text: int
    settles: bool
    retried: bool = False


class World(NamedTuple):
    rows: tuple[Row, ...]
    jobs: tuple[int, ...]
    """For each text, how many jobs of it a sender can receive."""
    runs: tuple[Run, ...]
    senders: tuple[Sender, ...]
    publishes: tuple[Publish, ...] = ()
    match: Match | None = None
    faults: int = 0
    """How many more may happen."""
    changes: int = 0
    """How many more checks may fail: a mark corrected, sending paused, no mobile, the evening."""
    resends: int = 0
    holds: int = 0
    """How often a run may still hold a text."""


def put[T](items: tuple[T, ...], place: int, item: T) -> tuple[T, ...]:
    return (*items[:place], item, *items[place + 1 :])


def with_jobs(world: World, text: int, more: int) -> World:
    return world._replace(jobs=put(world.jobs, text, world.jobs[text] + more))


def same_for_all(world: World) -> World:
    """Return the one state that stands for all states with the same future.

    Which run or sender is which does not matter, nor do more jobs than senders that can still
    receive one, nor whether a statement was retried if no fault can happen any more.
    """
    runs, senders, match = world.runs, world.senders, world.match
    if not world.faults:
        runs = tuple(run._replace(retried=False) if run.retried else run for run in runs)
        senders = tuple(each._replace(retried=False) if each.retried else each for each in senders)
        match = match._replace(retried=False) if match else None
    receivers = sum(sender.at is At.START for sender in senders)
    return World(
        world.rows,
        tuple(min(jobs, receivers) for jobs in world.jobs),
        tuple(sorted(runs)),
        tuple(sorted(senders)),
        world.publishes,
        match,
        world.faults,
        world.changes,
        world.resends,
        world.holds,
    )
