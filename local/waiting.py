"""Waits for another process, with a deadline."""

import time
from collections.abc import Callable


def wait_until(
    holds: Callable[[], bool],
    *,
    seconds: float,
    otherwise: Callable[[], Exception],
    every: float = 0.05,
) -> None:
    """Return as soon as `holds()` is true; after `seconds` raise the exception of `otherwise()`."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise otherwise()
        time.sleep(every)
