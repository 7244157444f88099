"""`python -m benchmarks.lists`: how long the tool's longest lists take, and with how much memory.

Each list is printed by a process of its own, at two sizes of college. The targets are a second for
10,000 students, a minute for 1,000,000, and memory that does not grow with the college.
"""

import argparse
import json
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from absence_texts.database import Credentials, connect
from benchmarks.measurement import Size, generate
from benchmarks.peak_memory import claim_the_day
from benchmarks.results_page import machine, save_section
from benchmarks.server import LONG_TIMEOUTS, running_server

RESULTS = Path(__file__).parent / "lists_results.md"
HEAD = (
    "# What the longest lists of the tool take",
    "",
    "Written by `python -m benchmarks.lists`; [README.md](README.md) says what is measured.",
)
LISTS = ("day --csv", "day --json", "unreached --csv", "reach --csv")
SIZES = (10_000, 1_000_000)


@dataclass(frozen=True, kw_only=True)
class Printed:
    seconds: float
    mebibytes: float


def main() -> None:
    sizes = _arguments().students
    with running_server() as credentials:
        found = [_measure(credentials, students) for students in sizes]
        with closing(connect(credentials)) as database:
            measured_on = machine(database)
    rows = [_row(words, [each[words] for each in found]) for words in LISTS]
    heading = " | ".join(f"{students:,} students: seconds | MiB" for students in sizes)
    table = [f"| list | {heading} | memory |", "|---|" + "---|" * (2 * len(sizes) + 1), *rows]
    print("\n".join(table))
    save_section(RESULTS, head=HEAD, section=[measured_on, "", *table])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lists", description=__doc__)
    parser.add_argument(
        "--students", nargs=2, type=int, default=SIZES, help="the two sizes of college to compare"
    )
    return parser.parse_args()


def _measure(credentials: Credentials, students: int) -> dict[str, Printed]:
    with closing(connect(credentials, timeouts=LONG_TIMEOUTS)) as database:
        generate(database, Size(students=students, days_of_history=0))
        claim_the_day(database)
    return {words: _print(credentials, words) for words in LISTS}


def _print(credentials: Credentials, words: str) -> Printed:
    done = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-m", "benchmarks.printed_list", *words.split()],
        input=json.dumps(asdict(credentials)),
        capture_output=True,
        check=True,
        text=True,
    )
    return Printed(**json.loads(done.stdout))


def _row(words: str, found: list[Printed]) -> str:
    cells = (f"{each.seconds:.1f} | {each.mebibytes:.0f}" for each in found)
    grows = found[-1].mebibytes / found[0].mebibytes
    return f"| `{words}` | {' | '.join(cells)} | x {grows:.1f} |"


if __name__ == "__main__":
    main()
