"""Ctrl-C and SIGTERM: both end what is being done, and neither ends the tidying up after it."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def exit_on_sigterm() -> None:
    """Have SIGTERM unwind the program, as Ctrl-C does, rather than end it on the spot."""
    signal.signal(signal.SIGTERM, _exit)


@contextmanager
def interrupts_ignored() -> Iterator[None]:
    """Ignore both for a while. Only the main thread may say so, and only it is interrupted."""
    if current_thread() is not main_thread():
        yield
        return
    earlier = {sign: signal.signal(sign, signal.SIG_IGN) for sign in _SIGNALS}
    try:
        yield
    finally:
        for sign, handler in earlier.items():
            signal.signal(sign, handler)


def _exit(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)
