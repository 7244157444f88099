"""A person's resend, and the receipts: looked up, kept, matched with a text, applied."""

from collections.abc import Iterator

from absence_texts.ledger import State
from tests.model.ledger import Ledger
from tests.model.steps import Fault, Place, Step, Steps, after_fault
from tests.model.world import Match, Publish, Receipt, Row, World, put

_NO_OUTCOME = frozenset({State.SENDING, State.IN_DOUBT})
_RECEIPTS = "receipts"


def resends(ledger: Ledger, world: World) -> Steps:
    if not world.resends:
        return
    for text, row in enumerate(world.rows):
        if row.state in ledger.guards.resends_from:
            resent = ledger.move(
                world._replace(resends=world.resends - 1),
                text,
                State.PENDING,
                by="person",
                only_from=ledger.guards.resends_from,
                resent_since=row.was_in_doubt,
                permitted=row.permitted + 1,
            )
            yield Step(Place.RESEND, text), resent


def receipts(ledger: Ledger, world: World) -> Steps:
    for number, publish in enumerate(world.publishes):
        match publish.receipt:
            case Receipt.NOT_HERE:
                yield from _look_up(ledger, world, number)
            case Receipt.LOOKED_UP:
                yield from _keep(world, number)
            case Receipt.KEPT if world.match is None:
                yield from _match(ledger, world, number)
            case Receipt.APPLIED if world.faults:
                again = _with(world, number, Receipt.NOT_HERE)
                yield Step(Place.LOOK_UP, publish.text, Fault.TWICE), after_fault(again)
    if world.match:
        yield from _apply(ledger, world, world.match)


def _look_up(ledger: Ledger, world: World, number: int) -> Steps:
    text = world.publishes[number].text
    for may_be_of in _claimed_for(ledger, world, number):
        change = _with(world, number, Receipt.LOOKED_UP, may_be_of)
        yield Step(Place.LOOK_UP, text), change


def _claimed_for(ledger: Ledger, world: World, number: int) -> Iterator[tuple[int, ...]]:
    """Return the texts that may be the receipt's, with and without those that depend on the time.

    A sibling's text was claimed for the same phone a few minutes before, or was not.
    """
    publish = world.publishes[number]
    known = any(row.message_id == number + 1 for row in world.rows)
    certain = [
        text
        for text, row in enumerate(world.rows)
        if not known and (_is_of_last_claim(publish, text, row) or _left_twice(row))
    ]
    yield tuple(certain)
    for text, row in enumerate(world.rows if not ledger.bounds.one_student else ()):
        if text not in certain and text != publish.text and row.state in _NO_OUTCOME:
            yield tuple(sorted([*certain, text]))


def _is_of_last_claim(publish: Publish, text: int, row: Row) -> bool:
    return (
        row.state in _NO_OUTCOME
        and publish.text == text
        and publish.attempt == row.attempts
        and not publish.late
    )


def _left_twice(row: Row) -> bool:
    return row.was_in_doubt and (row.attempts > 1 or row.resent_since)


def _keep(world: World, number: int) -> Steps:
    text = world.publishes[number].text
    yield (
        Step(Place.KEEP, text),
        _with(world, number, Receipt.KEPT, world.publishes[number].may_be_of),
    )
    if world.faults:
        again = _with(world, number, Receipt.NOT_HERE)
        yield Step(Place.KEEP, text, Fault.KILLED), after_fault(again)


def _match(ledger: Ledger, world: World, number: int) -> Steps:
    for text, row in enumerate(world.rows):
        if row.message_id == number + 1:
            matched = world._replace(match=Match(number, text, settles=False))
            yield Step(Place.MATCH, text), matched
            return
    may_be_of = _texts_without_outcome(ledger, world, number)
    others = [
        other
        for other, publish in enumerate(world.publishes)
        if other != number
        and publish.receipt is Receipt.KEPT
        and _texts_without_outcome(ledger, world, other) == may_be_of
    ]
    if not may_be_of or not _is_certain(ledger, world, may_be_of, receipts=1 + len(others)):
        return
    for text in may_be_of:
        yield Step(Place.MATCH, text), world._replace(match=Match(number, text, settles=True))


def _is_certain(ledger: Ledger, world: World, texts: tuple[int, ...], *, receipts: int) -> bool:
    if not ledger.guards.settles_only_what_is_certain:
        return True
    return len(texts) == receipts and all(
        world.rows[text].state is State.IN_DOUBT for text in texts
    )


def _texts_without_outcome(ledger: Ledger, world: World, number: int) -> tuple[int, ...]:
    may_be_of = world.publishes[number].may_be_of
    taken = any(row.message_id == number + 1 for row in world.rows)
    left_twice = ledger.guards.settles_none_that_left_twice and any(
        _left_twice(world.rows[text]) for text in may_be_of
    )
    if taken or left_twice:
        return ()
    return tuple(text for text in may_be_of if world.rows[text].state in _NO_OUTCOME)


def _apply(ledger: Ledger, world: World, match: Match) -> Steps:
    """Commit what the receipt settles, its outcome, and that it is done with, together."""
    settled = _settled(ledger, world, match) if match.settles else world
    done = _with(_with_outcome(ledger, settled, match.text), match.publish, Receipt.APPLIED)
    yield Step(Place.SETTLE, match.text), done._replace(match=None)
    if not world.faults:
        return
    killed = world._replace(match=None)
    yield Step(Place.SETTLE, match.text, Fault.KILLED), after_fault(killed)
    if not match.retried:
        lost = done._replace(match=match._replace(retried=True))
        yield Step(Place.SETTLE, match.text, Fault.ANSWER_LOST), after_fault(lost)


def _with_outcome(ledger: Ledger, world: World, text: int) -> World:
    """Make both moves and go on with one, because nothing tells the two states apart later."""
    _, delivered = (
        ledger.move(world, text, to, by=_RECEIPTS, only_from=frozenset({State.SENT}))
        for to in (State.UNDELIVERED, State.DELIVERED)
    )
    return delivered


def _settled(ledger: Ledger, world: World, match: Match) -> World:
    row = world.rows[match.text]
    return ledger.move(
        world,
        match.text,
        State.SENT,
        by=_RECEIPTS,
        only_from=_NO_OUTCOME,
        message_id=match.publish + 1,
        logs=(*row.logs, row.message),
    )


def _with(world: World, number: int, receipt: Receipt, may_be_of: tuple[int, ...] = ()) -> World:
    changed = world.publishes[number]._replace(receipt=receipt, may_be_of=may_be_of)
    return world._replace(publishes=put(world.publishes, number, changed))
