"""Waits until a server that was just started answers."""

from collections.abc import Callable
from pathlib import Path

from local.processes import Process, ProcessError, log_tail
from local.waiting import wait_until

_START_SECONDS = 60


def wait_until_ready(
    server: Process,
    ask: Callable[[], object],
    *,
    name: str,
    directory: Path,
    silence: type[Exception] = OSError,
) -> None:
    """Return as soon as `ask` no longer raises `silence`.

    Raises ProcessError with the end of the server's log if it ends, or does not answer in time.
    """

    def answers() -> bool:
        if not server.is_running():
            raise ProcessError(f"{name} ended early. {log_tail(directory, name)}")
        try:
            ask()
        except silence:
            return False
        return True

    wait_until(
        answers,
        seconds=_START_SECONDS,
        otherwise=lambda: ProcessError(f"{name} does not answer. {log_tail(directory, name)}"),
    )
