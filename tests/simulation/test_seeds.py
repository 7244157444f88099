"""A few hundred random days; `make simulate` runs thousands."""

import pytest

from tests.simulation.campaign import run_seeds
from tests.simulation.simulation import Simulator

SEEDS = 150


def test_no_promise_is_broken_whatever_goes_wrong(simulator: Simulator) -> None:
    tally = run_seeds(simulator, range(SEEDS))
    assert tally.broken == {}, "print one day: python -m tests.simulation --seed ..."
    assert tally.faults.total() > SEEDS
    assert tally.resent > 0
    assert 0 < tally.released < tally.held


@pytest.mark.parametrize("seed", [1, 7])
def test_a_seed_is_the_same_day_every_time(simulator: Simulator, seed: int) -> None:
    assert simulator.run_seed(seed).journal == simulator.run_seed(seed).journal
