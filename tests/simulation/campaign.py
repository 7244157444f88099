"""Many seeds, shared out among processes, and the sum of their results."""

import os
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import batched
from multiprocessing import get_context

from absence_texts.database import Credentials
from tests.simulation.doubts import Doubt
from tests.simulation.ledger_watch import RowChange
from tests.simulation.simulation import Simulator, running_simulator
from tests.support.faults import Fault

_SEEDS_A_BATCH = 100


@dataclass
class Tally:
    seeds: int = 0
    accepted: int = 0
    resent: int = 0
    held: int = 0
    released: int = 0
    states: Counter[str] = field(default_factory=Counter)
    faults: Counter[Fault] = field(default_factory=Counter)
    broken: dict[int, list[str]] = field(default_factory=dict)
    """The promises that each failing seed broke."""
    row_changes: Counter[RowChange] = field(default_factory=Counter)
    doubts: Counter[Doubt] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        self.seeds += other.seeds
        self.accepted += other.accepted
        self.resent += other.resent
        self.held += other.held
        self.released += other.released
        self.states += other.states
        self.faults += other.faults
        self.broken |= other.broken
        self.row_changes += other.row_changes
        self.doubts += other.doubts


def run_seeds(simulator: Simulator, seeds: Iterable[int]) -> Tally:
    tally = Tally()
    for seed in seeds:
        result = simulator.run_seed(seed)
        tally.seeds += 1
        tally.accepted += result.accepted
        tally.resent += result.resent
        tally.held += result.held
        tally.released += result.released
        tally.states.update(result.states)
        tally.faults.update(result.faults)
        tally.row_changes.update(result.row_changes)
        tally.doubts += result.doubts
        if result.broken:
            tally.broken[seed] = result.broken
    return tally


def run_in_parallel(server: Credentials, seeds: range) -> Tally:
    """Simulate the seeds on as many processes as there are processors."""
    tally = Tally()
    batches = batched(seeds, _SEEDS_A_BATCH, strict=False)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for of_batch in pool.map(partial(_run_batch, server), batches):
            tally.add(of_batch)
    return tally


def _run_batch(server: Credentials, seeds: tuple[int, ...]) -> Tally:
    with running_simulator(server, schema=f"absence_texts_simulation_{os.getpid()}") as simulator:
        return run_seeds(simulator, seeds)
