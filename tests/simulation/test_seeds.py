"""A few hundred random days; `make simulate` runs thousands."""

import pytest

from tests.simulation.campaign import Tally, run_seeds
from tests.simulation.doubts import Doubt
from tests.simulation.paths import not_in_model
from tests.simulation.simulation import Simulator

SEEDS = 150


@pytest.fixture(scope="module")
def tally(simulator: Simulator) -> Tally:
    return run_seeds(simulator, range(SEEDS))


def test_no_promise_is_broken_whatever_goes_wrong(tally: Tally) -> None:
    assert tally.broken == {}, "print one day: python -m tests.simulation --seed ..."
    assert tally.faults.total() > SEEDS
    assert tally.resent > 0
    assert 0 < tally.released < tally.held


def test_what_happens_to_each_text_is_a_path_of_the_model(tally: Tally) -> None:
    assert tally.row_changes
    assert not_in_model(tally.row_changes) == set()


def test_no_text_in_doubt_is_settled_wrongly(tally: Tally) -> None:
    assert tally.doubts.total() > 0
    assert tally.doubts[Doubt.SETTLED_WRONGLY] == 0


@pytest.mark.parametrize("seed", [1, 7])
def test_a_seed_is_the_same_day_every_time(simulator: Simulator, seed: int) -> None:
    assert simulator.run_seed(seed).journal == simulator.run_seed(seed).journal
