"""Steps that wait for other processes, done at the same time."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from pathlib import Path

from local.interrupts import interrupts_ignored
from local.processes import stop_all


def run_in_parallel(steps: Sequence[Callable[[], None]], *, directory: Path) -> None:
    """Do all steps. If one fails, or on Ctrl-C, stop the processes that the others wait for."""
    with ThreadPoolExecutor(len(steps)) as pool:
        futures = [pool.submit(step) for step in steps]
        try:
            for future in wait(futures, return_when=FIRST_EXCEPTION).done:
                future.result()
        except BaseException:
            with interrupts_ignored():
                while wait(futures, timeout=0.1).not_done:
                    stop_all(directory)
            raise
