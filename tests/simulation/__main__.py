"""Simulate days on which things go wrong: python -m tests.simulation --help."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from absence_texts.database import Credentials
from local import database_server
from local.run_directory import run_directory
from tests.simulation.campaign import Tally, run_in_parallel
from tests.simulation.simulation import running_simulator
from tests.support.no_aws_account import leave_the_users_account

_RUNS = Path(__file__).parents[2] / ".local" / "test"
_SHOWN_FAILURES = 5


def main() -> int:
    options = _options()
    leave_the_users_account()
    with run_directory(_RUNS) as directory, database_server.running(directory) as server:
        if options.seed is not None:
            return _show_day(server, options.seed)
        return _simulate(server, range(options.first, options.first + options.seeds))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=5000, help="how many days to simulate")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first day")
    parser.add_argument("--seed", type=int, help="simulate this day alone and print what happened")
    return parser.parse_args()


def _simulate(server: Credentials, seeds: range) -> int:
    began = perf_counter()
    tally = run_in_parallel(server, seeds)
    seconds = perf_counter() - began
    for line in _failures(tally):
        print(line)  # noqa: T201 (what the command is for)
    print(f"{tally.line()} ({seconds:.0f} s, {tally.seeds / seconds:.0f} a second)")  # noqa: T201
    return 1 if tally.broken else 0


def _failures(tally: Tally) -> Iterator[str]:
    for seed, broken in sorted(tally.broken.items())[:_SHOWN_FAILURES]:
        yield f"seed {seed}: {'; '.join(broken)}"
        yield f"  again: python -m tests.simulation --seed {seed}"


def _show_day(server: Credentials, seed: int) -> int:
    with running_simulator(server) as simulator:
        result = simulator.run_seed(seed)
    for line in [*result.journal, *(f"BROKEN: {promise}" for promise in result.broken)]:
        print(line)  # noqa: T201 (what the command is for)
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
