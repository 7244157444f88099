"""`python -m benchmarks.delivery`: measures what delivery.md says, writes delivery_results.md."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from absence_texts.database import connect
from benchmarks.delivery_drain import (
    SNS_ANSWERS_AFTER,
    TEXTS,
    TEXTS_PER_SECOND,
    Drain,
    measure_drain,
    measure_plain_drain,
)
from benchmarks.delivery_overhead import OURS, PLAIN, Overhead, measure_overhead
from benchmarks.results_page import machine, save_section
from benchmarks.server import running_server
from tests.support.no_aws_account import leave_the_users_account

RESULTS = Path(__file__).parent / "delivery_results.md"
HEAD = (
    "# What delivery costs",
    "",
    "Written by `python -m benchmarks.delivery`; [delivery.md](delivery.md) says what is measured.",
)
TEXT_MAY_COST_MS = 10
ROUND_TRIPS = 5
SHARE_OF_RATE = 0.9
_COSTS = ("a text, beyond the call to SNS", "median", "p99", "round trips to the database", "call")
_SNS_TAKES = f"SNS answering after {SNS_ANSWERS_AFTER * 1000:.0f} ms"
_DRAINS = (
    *(f"{TEXTS:,} texts due at once, {_SNS_TAKES}", "senders"),
    *("texts a second", "most in one second"),
)


def main() -> None:
    leave_the_users_account()
    with running_server() as credentials:
        with closing(connect(credentials)) as database:
            measured_on = machine(database)
        overheads = measure_overhead(credentials)
        drains = {OURS: measure_drain(credentials), PLAIN: measure_plain_drain(credentials)}
    section = [measured_on, "", *report(overheads, drains)]
    print("\n".join(section))
    save_section(RESULTS, head=HEAD, section=section)


def report(overheads: Mapping[str, Overhead], drains: Mapping[str, Drain]) -> list[str]:
    return [
        *_costs(overheads),
        *_drains(drains),
        *_verdicts(overheads[OURS], overheads[PLAIN], drains[OURS]),
    ]


def _costs(overheads: Mapping[str, Overhead]) -> list[str]:
    rows = [
        f"| {way} | {cost.median * 1000:.2f} ms | {cost.p99 * 1000:.2f} ms"
        f" | {cost.round_trips:.1f} | {cost.publish * 1000:.2f} ms |"
        for way, cost in overheads.items()
    ]
    return [*_header(_COSTS), *rows, ""]


def _drains(drains: Mapping[str, Drain]) -> list[str]:
    rows = [
        f"| {way} | {drain.senders} | {drain.rate:.1f} | {drain.fullest_second} |"
        for way, drain in drains.items()
    ]
    return [*_header(_DRAINS), *rows, ""]


def _header(names: tuple[str, ...]) -> list[str]:
    return [f"| {' | '.join(names)} |", "|---" * len(names) + "|"]


def _verdicts(ours: Overhead, plain: Overhead, drain: Drain) -> list[str]:
    share = drain.rate / TEXTS_PER_SECOND
    return [
        _verdict(
            ours.median * 1000 <= TEXT_MAY_COST_MS,
            f"a text costs {ours.median * 1000:.1f} ms beyond the call to SNS (at most"
            f" {TEXT_MAY_COST_MS} ms), {ours.median / plain.median:.1f} x the plain loop's",
        ),
        _verdict(
            ours.round_trips <= ROUND_TRIPS,
            f"it takes {ours.round_trips:.1f} round trips to the database (at most {ROUND_TRIPS})",
        ),
        _verdict(
            share >= SHARE_OF_RATE,
            f"a thousand texts leave at {share:.0%} of the account's {TEXTS_PER_SECOND} a second"
            f" (at least {SHARE_OF_RATE:.0%})",
        ),
        _verdict(
            drain.fullest_second <= TEXTS_PER_SECOND,
            f"in no second begin more than {drain.fullest_second} (at most {TEXTS_PER_SECOND})",
        ),
    ]


def _verdict(met: bool, words: str) -> str:  # noqa: FBT001 (the words follow at once)
    return f"- {'met' if met else 'NOT MET'}: {words}"


if __name__ == "__main__":
    main()
