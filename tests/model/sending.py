"""A sender, which handles one job: check again, claim, publish once, record."""

from absence_texts.ledger import State
from tests.model.ledger import Ledger
from tests.model.publishing import publish, record
from tests.model.statement import OVER, gives_back, statement, with_sender
from tests.model.steps import Fault, Place, Step, Steps, after_fault
from tests.model.world import At, Row, Sender, World, with_jobs

_SENDER = "sender"
_HELD_BACK = (State.CANCELLED, State.PENDING, State.FAILED, State.WOULD_SEND)
"""A rule no longer holds; sending is paused; no mobile, or the day is full; outside the trial."""


def senders(ledger: Ledger, world: World) -> Steps:
    for number, sender in enumerate(world.senders):
        if number and sender == world.senders[number - 1]:
            continue
        match sender.at:
            case At.START:
                yield from _check(ledger, world, number)
            case At.CHECKED:
                yield from _claim_or_hold_back(ledger, world, number)
            case At.PHONE_BUSY:
                yield from _wait_for_phone(world, number)
            case At.CLAIMED:
                yield from publish(ledger, world, number)
            case At.ANSWERED:
                yield from record(ledger, world, number)


def _check(ledger: Ledger, world: World, number: int) -> Steps:
    """Receive a job and read its row: one step, because what comes between changes nothing."""
    for text, jobs in enumerate(world.jobs):
        if not jobs:
            continue
        row = world.rows[text]
        received = with_jobs(world, text, -1)
        sender = _reader_of(row, text) if row.state in ledger.guards.checks_from else OVER
        yield Step(Place.CHECK, text), with_sender(received, number, sender)
        if world.faults:
            twice = after_fault(with_sender(world, number, sender))
            yield Step(Place.CHECK, text, Fault.TWICE), twice
        if world.changes and sender is not OVER:
            fewer = received._replace(changes=world.changes - 1)
            for to in _HELD_BACK:
                yield Step(Place.CHECK, text), with_sender(fewer, number, sender._replace(to=to))


def _reader_of(row: Row, text: int) -> Sender:
    return Sender(
        At.CHECKED,
        text,
        lesson=row.lesson,
        attempts=row.attempts,
        was_in_doubt=row.was_in_doubt,
    )


def _claim_or_hold_back(ledger: Ledger, world: World, number: int) -> Steps:
    sender = world.senders[number]
    if sender.to is State.SENDING:
        claimed = _claimed(ledger, world, number)
        return statement(world, number, Place.TAKE, claimed)
    held = ledger.move(
        world,
        sender.text,
        sender.to,
        by=_SENDER,
        only_from=ledger.guards.holds_back_from - {sender.to},
        phone_told=sender.phone_told,
    )
    return statement(world, number, Place.HOLD_BACK, with_sender(held, number, OVER))


def _claimed(ledger: Ledger, world: World, number: int) -> World:
    guards, sender = ledger.guards, world.senders[number]
    row = world.rows[sender.text]
    goes_on = with_sender(world, number, sender._replace(at=At.CLAIMED))
    if not guards.claims_before_publish:
        return goes_on
    if guards.one_text_a_phone and _phone_holders(world, sender.text):
        return with_sender(world, number, sender._replace(at=At.PHONE_BUSY))
    if (guards.claims_the_checked_lesson and row.lesson != sender.lesson) or (
        guards.claims_the_checked_attempt and row.attempts != sender.attempts
    ):
        return with_sender(world, number, OVER)
    moved = ledger.move(
        goes_on,
        sender.text,
        State.SENDING,
        by=_SENDER,
        only_from=guards.claims_from,
        attempts=sender.attempts + 1,
        message=sender.lesson,
        holds_phone=ledger.bounds.share_a_phone,
    )
    return with_sender(world, number, OVER) if moved is goes_on else moved


def _phone_holders(world: World, text: int) -> list[Row]:
    others = (row for other, row in enumerate(world.rows) if other != text)
    return [row for row in others if row.holds_phone]


def _wait_for_phone(world: World, number: int) -> Steps:
    """Read who has the phone: the job goes back, or the phone was told."""
    sender = world.senders[number]
    holders = _phone_holders(world, sender.text)
    told = bool(holders) and all(row.state is not State.SENDING for row in holders)
    cancels = sender._replace(at=At.CHECKED, to=State.CANCELLED, phone_told=True)
    after = with_sender(world, number, cancels) if told else gives_back(world, number)
    yield Step(Place.WAIT, sender.text), after
