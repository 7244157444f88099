"""A sender's publish, and the record of its answer."""

from absence_texts.ledger import State
from tests.model.ledger import Ledger
from tests.model.rules import NOT_STARTED
from tests.model.statement import ends, gives_back, statement, with_sender
from tests.model.steps import Fault, Place, Step, Steps, after_fault
from tests.model.world import At, Publish, Sender, World, put

_SENDER = "sender"


def publish(ledger: Ledger, world: World, number: int) -> Steps:
    sender = world.senders[number]
    accepted = _accepted(world, sender)
    message_id = len(accepted.publishes)
    doubt = State.IN_DOUBT if ledger.guards.no_answer_is_doubt else State.QUEUED

    def answered(after: World, to: State, message_id: int = 0) -> World:
        change = sender._replace(at=At.ANSWERED, to=to, message_id=message_id)
        return with_sender(after, number, change)

    yield Step(Place.PUBLISH, sender.text), answered(accepted, State.SENT, message_id)
    if not world.faults:
        return
    failures = {
        Fault.KILLED: gives_back(world, number),
        Fault.TIME_OUT_ACCEPTED: answered(accepted, doubt),
        Fault.TIME_OUT: answered(world, doubt),
        Fault.THROTTLED: answered(world, State.QUEUED),
        Fault.REFUSED: answered(world, State.FAILED),
    }
    if not sender.stalled:
        failures[Fault.STALLED] = with_sender(world, number, sender._replace(stalled=True))
    if not ledger.guards.one_attempt:
        again = _accepted(accepted, sender)
        failures[Fault.POSTED_AGAIN] = answered(again, State.SENT, message_id + 1)
    for fault, after in failures.items():
        yield Step(Place.PUBLISH, sender.text, fault), after_fault(after)


def _accepted(world: World, sender: Sender) -> World:
    publish = Publish(sender.text, sender.lesson, sender.attempts + 1, sender.stalled)
    return world._replace(publishes=(*world.publishes, publish))


def record(ledger: Ledger, world: World, number: int) -> Steps:
    sender = world.senders[number]
    recorded = _recorded(ledger, world, sender)
    ended = gives_back if sender.to is State.QUEUED else ends
    yield from statement(world, number, Place.RECORD, ended(recorded, number))
    if world.faults and not ledger.guards.logs_in_the_transaction and sender.to is State.SENT:
        row = recorded.rows[sender.text]._replace(logs=())
        half = recorded._replace(rows=put(recorded.rows, sender.text, row))
        yield Step(Place.RECORD, sender.text, Fault.HALF_COMMITTED), after_fault(half)


def _recorded(ledger: Ledger, world: World, sender: Sender) -> World:
    guards, row = ledger.guards, world.rows[sender.text]
    if guards.ends_its_own_claim and row.attempts != sender.attempts + 1:
        return world
    if sender.to is State.SENT:
        return _recorded_sent(ledger, world, sender)
    keeps = sender.to is State.IN_DOUBT or sender.was_in_doubt
    return ledger.move(
        world,
        sender.text,
        sender.to,
        by=_SENDER,
        only_from=guards.ends_from,
        holds_phone=row.holds_phone and keeps and guards.keeps_the_phone_if_in_doubt,
        was_in_doubt=row.was_in_doubt or sender.to is State.IN_DOUBT,
        resent_since=row.resent_since and sender.to is not State.IN_DOUBT,
    )


def _recorded_sent(ledger: Ledger, world: World, sender: Sender) -> World:
    row = world.rows[sender.text]
    logs = (*row.logs, row.message)
    only_from = frozenset({State.SENDING, State.IN_DOUBT})
    if not ledger.guards.claims_before_publish:
        only_from |= NOT_STARTED
    moved = ledger.move(
        world,
        sender.text,
        State.SENT,
        by=_SENDER,
        only_from=only_from,
        message_id=sender.message_id,
        logs=logs,
    )
    if moved is world and not ledger.guards.logs_only_a_move:
        return world._replace(rows=put(world.rows, sender.text, row._replace(logs=logs)))
    return moved
