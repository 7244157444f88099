"""What docs/delivery.md promises, asked of one state of the model."""

from collections.abc import Iterator

from absence_texts.ledger import State
from tests.model.rules import Bounds
from tests.model.world import Publish, Row, World

_WENT_OUT = frozenset({State.SENT, State.DELIVERED, State.UNDELIVERED})
_MAY_HAVE_LEFT = _WENT_OUT | {State.SENDING, State.IN_DOUBT}


def broken_promises(bounds: Bounds, world: World) -> Iterator[str]:
    for text, row in enumerate(world.rows):
        accepted = [publish for publish in world.publishes if publish.text == text]
        if accepted:
            yield from _broken_after_publish(row, accepted)
        if row.is_held and row.state in _MAY_HAVE_LEFT:
            yield "a held text leaves only if a person releases it"
        went_out = row.state in _WENT_OUT
        if went_out != (len(row.logs) == 1):
            yield "a text that was sent has one log, and each log has its text"
        if went_out and not any(publish.late for publish in world.publishes):
            yield from _broken_of_sent(row, accepted)
    if bounds.share_a_phone and len(world.publishes) > 1 + _resent(world):
        yield "one phone hears of a student's absence once a day"


def _broken_after_publish(row: Row, accepted: list[Publish]) -> Iterator[str]:
    if len(accepted) > row.permitted:
        yield "SNS accepts at most one text, unless a person resends one that is in doubt"
    if not row.was_in_doubt and row.state not in _MAY_HAVE_LEFT:
        yield "a text that left is sent, or the ledger says that it may have left"
    if accepted[-1].lesson != row.message:
        yield "the ledger has the words that were sent last"


def _broken_of_sent(row: Row, accepted: list[Publish]) -> Iterator[str]:
    """Two siblings' texts that both left may have each other's message id: nothing tells which."""
    if not accepted:
        yield "a text that is sent was accepted by SNS"
    elif row.logs and row.logs[0] not in {publish.lesson for publish in accepted}:
        yield "a log has the words that were sent"


def _resent(world: World) -> int:
    return sum(row.permitted - 1 for row in world.rows if row.permitted > 1)
