"""`make bench`: measures, prints the table and writes results.md."""

import argparse
from contextlib import closing
from pathlib import Path

from absence_texts.database import Credentials, connect
from benchmarks.measurement import Measured, Size, measure
from benchmarks.report import as_rows, markdown, show, verdicts
from benchmarks.results_page import machine, save_section
from benchmarks.server import running_server

RESULTS = Path(__file__).parent / "results.md"
HEAD = (
    "# What detection costs",
    "",
    "Written by `python -m benchmarks`; [README.md](README.md) says what is measured.",
)


def main() -> None:
    short, long = _arguments().history
    sizes = (
        Size(students=10_000, days_of_history=short),
        Size(students=10_000, days_of_history=long),
        Size(students=1_000_000, days_of_history=0, times=3),
    )
    with running_server() as credentials:
        ordinary, with_history, large = (_measure(credentials, size) for size in sizes)
        with closing(connect(credentials)) as database:
            measured_on = machine(database)
    rows = as_rows((ordinary, with_history, large))
    said = verdicts(ordinary, with_history, large)
    show(rows, said)
    save_section(RESULTS, head=HEAD, section=[measured_on, "", *markdown(rows, said)])


def _measure(credentials: Credentials, size: Size) -> Measured:
    print(f"{size.students:,} students, {size.days_of_history:,} days of history ...", flush=True)
    return measure(credentials, size)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        *("--history",),
        nargs=2,
        type=int,
        default=(190, 1900),
        metavar="DAYS",
        help="the two histories to compare, in days of teaching",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
