"""Waiting for another process, with a deadline."""

import time
from collections.abc import Callable


def wait_until(
    holds: Callable[[], bool],
    *,
    seconds: float,
    otherwise: Callable[[], Exception],
    every: float = 0.05,
) -> None:
    """Return once `holds()` is true; after `seconds` raise what `otherwise()` makes."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise otherwise()
        time.sleep(every)
