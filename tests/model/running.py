"""A run of detection: the statements that remember nothing, and the outbox.

A statement that remembers nothing of the one before may be made at any time, by any run: so a run
that ends between two statements needs no step of its own.
"""

from absence_texts.ledger import State
from tests.model.ledger import Ledger, with_row
from tests.model.rules import NOT_STARTED
from tests.model.steps import Fault, Place, Step, Steps, after_fault
from tests.model.world import At, Run, World, put, with_jobs

_RUN = "run"
_OVER = Run(At.END)
_EXPIRING = NOT_STARTED | {State.HELD}


def statements(ledger: Ledger, world: World) -> Steps:
    for text, row in enumerate(world.rows):
        if row.state is None:
            ledger_row = row._replace(state=State.PENDING, permitted=1)
            yield Step(Place.CLAIM, text), with_row(world, text, ledger_row)
        elif row.state is State.CANCELLED:
            yield from _claim_again(ledger, world, text)
        elif row.state is State.SENDING and _is_abandoned(world, text):
            yield Step(Place.ABANDON, text), _doubt(ledger, world, text)
        elif row.state in _EXPIRING and world.changes:
            yield Step(Place.EXPIRE, text), _expire(ledger, world, text)


def _claim_again(ledger: Ledger, world: World, text: int) -> Steps:
    """Claim a cancelled text for the next lesson, as long as the day has one."""
    row = world.rows[text]
    may_have_left = row.was_in_doubt or row.phone_told
    if row.lesson > 1 or (may_have_left and ledger.guards.claims_again_only_what_never_left):
        return
    yield (
        Step(Place.CLAIM_AGAIN, text),
        ledger.move(
            world,
            text,
            State.PENDING,
            by=_RUN,
            only_from=frozenset({State.CANCELLED}),
            lesson=row.lesson + 1,
            permitted=max(row.permitted, 1),
            phone_told=False,
            is_held=False,
            was_released=False,
        ),
    )


def _is_abandoned(world: World, text: int) -> bool:
    """Say whether the claim is so old that its sender has ended, or has stood still."""
    claim = world.rows[text].attempts
    return not any(
        sender.text == text and sender.attempts + 1 == claim and not sender.stalled
        for sender in world.senders
        if sender.at in {At.CLAIMED, At.ANSWERED}
    )


def _doubt(ledger: Ledger, world: World, text: int) -> World:
    return ledger.move(
        world,
        text,
        State.IN_DOUBT,
        by=_RUN,
        only_from=frozenset({State.SENDING}),
        was_in_doubt=True,
        resent_since=False,
    )


def _expire(ledger: Ledger, world: World, text: int) -> World:
    fewer = world._replace(changes=world.changes - 1)
    return ledger.move(fewer, text, State.CANCELLED, by=_RUN, only_from=_EXPIRING)


def outbox(ledger: Ledger, world: World) -> Steps:
    for number, run in enumerate(world.runs):
        if number and run == world.runs[number - 1]:
            continue
        match run.at:
            case At.START:
                yield from _find(ledger, world, number)
            case At.FOUND:
                yield from _enqueue(world, number)
            case At.TAKEN:
                yield from _mark(ledger, world, number)


def _find(ledger: Ledger, world: World, number: int) -> Steps:
    waiting = NOT_STARTED if ledger.guards.queues_again else {State.PENDING}
    for text, row in enumerate(world.rows):
        if row.state in waiting:
            yield Step(Place.FIND, text), _with_run(world, number, Run(At.FOUND, text))


def _enqueue(world: World, number: int) -> Steps:
    text = world.runs[number].text
    taken = _with_run(world, number, Run(At.TAKEN, text))
    over = _with_run(world, number, _OVER)
    yield Step(Place.ENQUEUE, text), with_jobs(taken, text, 1)
    if world.faults:
        yield Step(Place.ENQUEUE, text, Fault.KILLED), after_fault(over)
        yield Step(Place.ENQUEUE, text, Fault.ANSWER_LOST), after_fault(with_jobs(over, text, 1))
        yield Step(Place.ENQUEUE, text, Fault.TWICE), after_fault(with_jobs(taken, text, 2))


def _mark(ledger: Ledger, world: World, number: int) -> Steps:
    run = world.runs[number]
    over = _with_run(world, number, _OVER)
    yield Step(Place.MARK, run.text), _marked(ledger, over, run.text)
    if world.faults:
        retry = over if run.retried else _with_run(world, number, run._replace(retried=True))
        lost = _marked(ledger, retry, run.text)
        yield Step(Place.MARK, run.text, Fault.KILLED), after_fault(over)
        yield Step(Place.MARK, run.text, Fault.ANSWER_LOST), after_fault(lost)


def _marked(ledger: Ledger, world: World, text: int) -> World:
    only_from = ledger.guards.marks_queued_from
    return ledger.move(world, text, State.QUEUED, by=_RUN, only_from=only_from)


def _with_run(world: World, number: int, run: Run) -> World:
    return world._replace(runs=put(world.runs, number, run))
