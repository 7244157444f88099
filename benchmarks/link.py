"""`python -m benchmarks.link`: measures what link.md says and writes link_results.md."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from absence_texts.database import connect
from benchmarks import link_api, link_cold, link_warm
from benchmarks.link_warm import Spread
from benchmarks.results_page import machine, save_section
from benchmarks.server import running_server

RESULTS = Path(__file__).parent / "link_results.md"
HEAD = (
    "# What the link costs",
    "",
    "Written by `python -m benchmarks.link`; [link.md](link.md) says what is measured.",
)
IMPORTS_MAY_COST = 1.2
REQUEST_MAY_COST = 3


def main() -> None:
    with running_server() as credentials:
        with closing(connect(credentials)) as database:
            measured_on = machine(database)
        warm = link_warm.measure_warm(credentials)
    with running_server() as credentials:
        cold = link_cold.measure_cold(credentials)
    section = [measured_on, "", *report(warm, cold, link_api.measure_api())]
    print("\n".join(section))
    save_section(RESULTS, head=HEAD, section=section)


def report(
    warm: Mapping[str, Spread], cold: Mapping[str, float], api: Mapping[str, Spread]
) -> list[str]:
    return [
        *_spreads("a warm request in process", warm, link_warm.SELECT_1, link_warm.OWN_QUERY),
        *_spreads("a warm request through the local API", api, link_api.NOT_FOUND),
        *_cold(cold),
        *_verdicts(warm, cold),
    ]


def _spreads(title: str, measured: Mapping[str, Spread], *floors: str) -> list[str]:
    ratios = [f"x {floor.removeprefix('a bare ')}" for floor in floors]
    lines = [
        f"| {' | '.join([title, 'median', 'p99', *ratios])} |",
        "|---" * (3 + len(floors)) + "|",
    ]
    for name, spread in measured.items():
        beside = [f"{spread.median / measured[floor].median:.1f}" for floor in floors]
        figures = (f"{spread.median * 1000:.2f} ms", f"{spread.p99 * 1000:.2f} ms", *beside)
        lines.append(f"| {' | '.join([name, *figures])} |")
    return [*lines, ""]


def _cold(cold: Mapping[str, float]) -> list[str]:
    lines = ["| a cold start, a process each | best of 40 |", "|---|---|"]
    lines += [f"| {name} | {seconds * 1000:.0f} ms |" for name, seconds in cold.items()]
    return [*lines, ""]


def _verdicts(warm: Mapping[str, Spread], cold: Mapping[str, float]) -> list[str]:
    python = cold[link_cold.PYTHON]
    imports = (cold[link_cold.IMPORT] - python) / (cold[link_cold.BARE_IMPORT] - python)
    request = warm[link_warm.ONE_CHILD].median / warm[link_warm.SELECT_1].median
    query = warm[link_warm.OWN_QUERY].median / warm[link_warm.SELECT_1].median
    imports_cost = (
        f"- {_met(imports <= IMPORTS_MAY_COST)}: imports cost {imports:.2f} x the bare handler's,"
        f" Python alone taken off (at most {IMPORTS_MAY_COST})"
    )
    request_costs = (
        f"- {_met(request <= REQUEST_MAY_COST)}: a warm redirect costs {request:.1f} x"
        f" a bare `SELECT 1` (at most {REQUEST_MAY_COST}), of which its one query {query:.1f} x"
    )
    return [imports_cost, request_costs]


def _met(met: bool) -> str:  # noqa: FBT001 (the words follow at once)
    return "met" if met else "NOT MET"


if __name__ == "__main__":
    main()
