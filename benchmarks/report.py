"""The figures and their targets, as a table on the terminal and in results.md."""

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.measurement import Measured

MAY_COST = 5
HISTORY_MAY_CHANGE = 0.20
MEMORY_MAY_GROW_MIB = 64

type Cell = Callable[[Measured], str]
type Cost = Callable[[Measured], float]
"""In seconds."""


def _timed(seconds: Cost) -> Cell:
    return lambda at: f"{seconds(at) * 1000:,.1f} ms, {seconds(at) / at.floor:.1f} x the floor"


ROWS: dict[str, Cell] = {
    "students": lambda at: f"{at.size.students:,}",
    "marks in the history": lambda at: f"{at.history:,}",
    "absences (`O`) today": lambda at: f"{at.absences:,}",
    "floor: counting them": lambda at: f"{at.floor * 1000:,.1f} ms",
    "texts claimed by a run when a lesson is newly due": lambda at: f"{at.claimed:,}",
    "that claim": _timed(lambda at: at.claim),
    "texts claimed when the day's last lesson is newly due": lambda at: f"{at.claimed_last:,}",
    "that claim, with the whole day to look through": _timed(lambda at: at.claim_last),
    "looking for texts to hold, after that last claim": _timed(lambda at: at.hold_last),
    "a claim that finds nothing new": _timed(lambda at: at.claim_nothing),
    "deciding why the others got none": _timed(lambda at: at.decide),
    "texts claimed at once after a day without runs": lambda at: f"{at.caught_up:,}",
    "that catching up": _timed(lambda at: at.catch_up),
    "of it, inserting the rows and nothing else": _timed(lambda at: at.bare_insert),
    "peak memory of a whole run that catches up": lambda at: f"{at.peak_mib:.0f} MiB",
}


def as_rows(measured: Sequence[Measured]) -> list[list[str]]:
    return [[name, *(cell(at) for at in measured)] for name, cell in ROWS.items()]


CLAIMS: dict[str, Cost] = {
    "a claim": lambda at: at.claim,
    "the day's last claim": lambda at: at.claim_last,
    "a claim that finds nothing new": lambda at: at.claim_nothing,
}


def verdicts(ordinary: Measured, long: Measured, large: Measured) -> list[str]:
    """Say of each target whether it is met."""
    return [
        *(_cost_verdict(name, cost, (ordinary, long, large)) for name, cost in CLAIMS.items()),
        *(_history_verdict(name, cost, ordinary, long) for name, cost in CLAIMS.items()),
        *(_growth_verdict(name, cost, ordinary, large) for name, cost in CLAIMS.items()),
        _memory_verdict(ordinary, large),
    ]


def _cost_verdict(name: str, cost: Cost, measured: Sequence[Measured]) -> str:
    ratios = [cost(at) / at.floor for at in measured]
    shown = ", ".join(f"{ratio:.1f}" for ratio in ratios)
    return _verdict(
        max(ratios) <= MAY_COST, f"{name} costs {shown} x the floor (at most {MAY_COST})"
    )


def _history_verdict(name: str, cost: Cost, ordinary: Measured, long: Measured) -> str:
    change = cost(long) / cost(ordinary) - 1
    return _verdict(
        abs(change) < HISTORY_MAY_CHANGE,
        f"{long.history / ordinary.history:.0f} x the history changes {name} by {change:+.0%}"
        f" (less than {HISTORY_MAY_CHANGE:.0%})",
    )


def _growth_verdict(name: str, cost: Cost, ordinary: Measured, large: Measured) -> str:
    growth = (cost(large) / large.absences) / (cost(ordinary) / ordinary.absences)
    floors = (large.floor / large.absences) / (ordinary.floor / ordinary.absences)
    return _verdict(
        growth <= floors * (1 + HISTORY_MAY_CHANGE),
        f"at {large.size.students // ordinary.size.students} x the students {name} takes"
        f" {growth:.2f} x as long for each absence (the floor itself {floors:.2f} x)",
    )


def _memory_verdict(ordinary: Measured, large: Measured) -> str:
    memory = large.peak_mib - ordinary.peak_mib
    return _verdict(
        memory <= MEMORY_MAY_GROW_MIB,
        f"a run's memory grows by {memory:.0f} MiB (at most {MEMORY_MAY_GROW_MIB})",
    )


def _verdict(met: bool, words: str) -> str:  # noqa: FBT001 (the words follow at once)
    return f"{'met' if met else 'NOT MET'}: {words}"


def show(rows: list[list[str]], said: list[str]) -> None:
    table = Table(show_header=False, show_lines=False)
    for row in rows:
        table.add_row(*row)
    console = Console()
    console.print(table)
    for words in said:
        console.print(words)


def markdown(rows: list[list[str]], said: list[str]) -> list[str]:
    header, *body = (f"| {' | '.join(row)} |" for row in rows)
    ruler = "|---" * len(rows[0]) + "|"
    return [header, ruler, *body, "", *(f"- {words}" for words in said)]
