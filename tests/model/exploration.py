"""Explores the model in full, breadth first: every step from every state."""

from collections import deque
from dataclasses import dataclass, field

from tests.model.every_step import next_steps
from tests.model.ledger import Ledger, Move
from tests.model.promises import broken_promises
from tests.model.recovery import Recovery
from tests.model.rules import Bounds, Guards
from tests.model.steps import Step
from tests.model.world import Row, World, same_for_all

_GUARDS = Guards()


@dataclass(kw_only=True)
class Exploration:
    ledger: Ledger
    came_from: dict[World, tuple[World, Step] | None]
    """Each state that was reached, with the step that reached it first."""
    steps: int = 0
    row_changes: set[tuple[Row, Row]] = field(default_factory=set)
    """Each row before and after a step that changed it."""
    broken: dict[str, list[Step]] = field(default_factory=dict)
    """Each promise that was broken, with the shortest way there."""

    @property
    def states(self) -> int:
        return len(self.came_from)

    @property
    def moves(self) -> set[Move]:
        return self.ledger.moves

    def note_broken(self, promise: str, world: World) -> None:
        if promise not in self.broken:
            self.broken[promise] = self._way_to(world)

    def _way_to(self, world: World) -> list[Step]:
        way = []
        while before := self.came_from[world]:
            world, step = before
            way.append(step)
        return way[::-1]


def explore(
    bounds: Bounds, guards: Guards = _GUARDS, *, stops_if_broken: bool = False
) -> Exploration:
    start = same_for_all(bounds.start())
    found = Exploration(ledger=Ledger(bounds, guards), came_from={start: None})
    recovery = Recovery(found.ledger)
    waiting = deque([start])
    while waiting and not (stops_if_broken and found.broken):
        world = waiting.popleft()
        waiting.extend(_explore_from(found, recovery, world))
    if not found.broken:
        _check_that_every_text_ends(found, recovery)
    return found


def _explore_from(found: Exploration, recovery: Recovery, world: World) -> list[World]:
    """Check the promises in one state; return the states that were first reached from it."""
    for promise in broken_promises(found.ledger.bounds, world):
        found.note_broken(promise, world)
    new = []
    for step, after in next_steps(found.ledger, world):
        after = same_for_all(after)  # noqa: PLW2901 (the state that stands for it)
        found.steps += 1
        recovery.note(world, step, after)
        if after.rows != world.rows:
            found.row_changes.update(zip(world.rows, after.rows, strict=True))
        if after not in found.came_from:
            found.came_from[after] = (world, step)
            new.append(after)
    return new


def _check_that_every_text_ends(found: Exploration, recovery: Recovery) -> None:
    for world in found.came_from:
        if not recovery.ends(world):
            found.note_broken(
                "no text is lost: without a further fault, each comes to its end", world
            )
            return
