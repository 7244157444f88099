"""A run holds a text, because it does not look like an ordinary day's, and a person releases it."""

from absence_texts.ledger import State
from tests.model.ledger import Ledger
from tests.model.steps import Place, Step, Steps
from tests.model.world import Row, World


def holds(ledger: Ledger, world: World) -> Steps:
    for text, row in enumerate(world.rows):
        if row.state is State.HELD:
            yield Step(Place.RELEASE, text), _released(ledger, world, text)
        elif world.holds and row.state in ledger.guards.holds_from and not _is_decided(row):
            yield Step(Place.HOLD, text), _held(ledger, world, text)


def _is_decided(row: Row) -> bool:
    """Say whether the text waits because a person released or resent it."""
    return row.was_released or row.was_in_doubt


def _held(ledger: Ledger, world: World, text: int) -> World:
    return ledger.move(
        world._replace(holds=world.holds - 1),
        text,
        State.HELD,
        by="run",
        only_from=ledger.guards.holds_from,
        is_held=True,
    )


def _released(ledger: Ledger, world: World, text: int) -> World:
    return ledger.move(
        world,
        text,
        State.PENDING,
        by="person",
        only_from=frozenset({State.HELD}),
        is_held=False,
        was_released=True,
    )
