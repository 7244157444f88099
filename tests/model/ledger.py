"""The model's guarded `UPDATE`, which keeps the moves that it made."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from absence_texts.ledger import State
from tests.model.rules import Bounds, Guards
from tests.model.world import Row, World, put

_CERTAINLY_NOT_SENT = {State.CANCELLED, State.FAILED, State.WOULD_SEND}


class Move(NamedTuple):
    before: State | None
    to: State
    by: str


@dataclass(frozen=True)
class Ledger:
    bounds: Bounds
    guards: Guards
    moves: set[Move] = field(default_factory=set)

    def move(
        self,
        world: World,
        text: int,
        to: State,
        *,
        by: str,
        only_from: frozenset[State],
        **columns: Any,  # noqa: ANN401 (as _replace takes them)
    ) -> World:
        """Move the row if its state allows it; return the same world if not."""
        row = world.rows[text]
        if row.state not in only_from:
            return world
        self.moves.add(Move(row.state, to, by))
        permitted = row.permitted - (to in _CERTAINLY_NOT_SENT)
        after = row._replace(**{"permitted": permitted, **columns, "state": to})
        return with_row(world, text, after)


def with_row(world: World, text: int, row: Row) -> World:
    return world._replace(rows=put(world.rows, text, row))
