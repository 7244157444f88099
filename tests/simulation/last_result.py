"""Writes what the last `make simulate` found into docs/delivery.md."""

from pathlib import Path
from textwrap import fill

from tests.simulation.campaign import Tally
from tests.simulation.doubts import Doubt

_BEGIN, _END = "<!-- make simulate writes from here -->", "<!-- to here -->"


def write_last_result(document: Path, tally: Tally, commit: str) -> None:
    text = document.read_text()
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    document.write_text(f"{before}{_BEGIN}\n{last_result(tally, commit)}\n{_END}{after}")


def last_result(tally: Tally, commit: str) -> str:
    return "\n\n".join(fill(each, 135) for each in (_of_days(tally, commit), _of_doubts(tally)))


def _of_days(tally: Tally, commit: str) -> str:
    return (
        f"**Last result**, of commit `{commit}`: {tally.seeds:,} days, {tally.faults.total():,}"
        f" faults, {tally.states.total():,} texts, {tally.accepted:,} accepted by SNS,"
        f" {tally.resent:,} resent by a person: {_days(len(tally.broken))} on which a promise was"
        " broken."
    )


def _days(number: int) -> str:
    return f"{number:,} days" if number else "no day"


def _of_doubts(tally: Tally) -> str:
    doubts, total = tally.doubts, tally.doubts.total()
    shares = ", ".join(
        f"{doubts[doubt]} ({doubts[doubt] / max(total, 1):.0%}) {doubt}" for doubt in Doubt
    )
    return f"**How good “in doubt” is:** {total:,} texts were ever in doubt: {shares}."
