"""How a text comes to its end if no further fault happens: the work goes on, and new runs come."""

from dataclasses import dataclass, field

from absence_texts.ledger import State
from tests.model.every_step import next_steps
from tests.model.ledger import Ledger
from tests.model.steps import Step
from tests.model.world import Run, Sender, World, same_for_all

_OPEN = frozenset({None, State.PENDING, State.HELD, State.QUEUED, State.SENDING})


@dataclass
class Recovery:
    ledger: Ledger
    _calm: dict[World, World] = field(default_factory=dict)
    """The next state of each, if the first thing that can go on does so without a fault."""
    _ending: set[World] = field(default_factory=set)

    def note(self, world: World, step: Step, after: World) -> None:
        if world not in self._calm and _is_calm(world, step, after):
            self._calm[world] = after

    def ends(self, world: World) -> bool:
        """Say whether every text comes to its end from here, with the help of later runs."""
        way: dict[World, None] = {}
        while world not in self._ending and any(row.state in _OPEN for row in world.rows):
            if world in way:
                return False
            way[world] = None
            world = self._calm.get(world) or self._next(world)
        self._ending.update(way)
        return True

    def _next(self, world: World) -> World:
        for step, after in next_steps(self.ledger, world):
            if _is_calm(world, step, after):
                return same_for_all(after)
        return same_for_all(_later(world))


def _is_calm(world: World, step: Step, after: World) -> bool:
    budgets = world.changes, world.resends, world.holds
    return step.fault is None and (after.changes, after.resends, after.holds) == budgets


def _later(world: World) -> World:
    """Return the state at the time of the next run and the next sender, without the budgets."""
    return world._replace(
        runs=(Run(),), senders=(Sender(),), faults=0, changes=0, resends=0, holds=0
    )
