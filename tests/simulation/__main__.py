"""Simulate days on which things go wrong: python -m tests.simulation --help."""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from absence_texts.database import Credentials
from local import database_server
from local.run_directory import run_directory
from tests.simulation.campaign import Tally, run_in_parallel
from tests.simulation.doubts import Doubt
from tests.simulation.last_result import last_result, write_last_result
from tests.simulation.paths import not_in_model
from tests.simulation.simulation import running_simulator
from tests.support.no_aws_account import leave_the_users_account

_DOCUMENT = Path(__file__).parents[2] / "docs" / "delivery.md"
_RUNS = Path(__file__).parents[2] / ".local" / "test"
_SHOWN_FAILURES = 5


def main() -> int:
    options = _options()
    leave_the_users_account()
    with run_directory(_RUNS) as directory, database_server.running(directory) as server:
        if options.seed is not None:
            return _show_day(server, options.seed)
        seeds = range(options.first, options.first + options.seeds)
        return _simulate(server, seeds, writes=options.write)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=5000, help="how many days to simulate")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first day")
    parser.add_argument("--seed", type=int, help="simulate this day alone and print what happened")
    parser.add_argument("--write", action="store_true", help="write the result into docs/")
    return parser.parse_args()


def _simulate(server: Credentials, seeds: range, *, writes: bool) -> int:
    began = perf_counter()
    tally = run_in_parallel(server, seeds)
    seconds = perf_counter() - began
    failures = [*_broken(tally), *_strange(tally)]
    for line in failures:
        print(line)  # noqa: T201 (what the command is for)
    print(last_result(tally, commit := _commit()))  # noqa: T201
    print(f"{seconds:.0f} s, {tally.seeds / seconds:.0f} days a second")  # noqa: T201
    if writes and not failures:
        write_last_result(_DOCUMENT, tally, commit)
    return 1 if failures else 0


def _commit() -> str:
    git = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(git, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 (git, by its name)


def _broken(tally: Tally) -> Iterator[str]:
    for seed, broken in sorted(tally.broken.items())[:_SHOWN_FAILURES]:
        yield f"seed {seed}: {'; '.join(broken)}"
        yield f"  again: python -m tests.simulation --seed {seed}"


def _strange(tally: Tally) -> Iterator[str]:
    for before, after in sorted(not_in_model(tally.row_changes)):
        yield f"no path of the model: {before} became {after}"
    if wrongly := tally.doubts[Doubt.SETTLED_WRONGLY]:
        yield f"{wrongly} texts in doubt were settled wrongly"


def _show_day(server: Credentials, seed: int) -> int:
    with running_simulator(server) as simulator:
        result = simulator.run_seed(seed)
    for line in [*result.journal, *(f"BROKEN: {promise}" for promise in result.broken)]:
        print(line)  # noqa: T201 (what the command is for)
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
