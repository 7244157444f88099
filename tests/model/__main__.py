"""Explore the whole model, print its size, and print how each broken promise was broken."""

import sys
from collections.abc import Iterator
from time import process_time

from tests.model.colleges import IN_FULL
from tests.model.exploration import Exploration, explore


def main() -> int:
    broken = False
    for name, bounds in IN_FULL.items():
        began = process_time()
        found = explore(bounds)
        seconds = process_time() - began
        print(  # noqa: T201 (what the command is for)
            f"{name}: {found.states:,} states, {found.steps:,} steps, {len(found.moves)} moves of"
            f" the ledger, {len(found.broken)} promises broken ({seconds:.0f} s)"
        )
        for line in _ways(found):
            print(line)  # noqa: T201
        broken = broken or bool(found.broken)
    return int(broken)


def _ways(found: Exploration) -> Iterator[str]:
    for promise, way in found.broken.items():
        yield f"  broken: {promise}"
        for step in way:
            fault = f": {step.fault}" if step.fault else ""
            yield f"    text {step.text + 1}: {step.place}{fault}"


if __name__ == "__main__":
    sys.exit(main())
