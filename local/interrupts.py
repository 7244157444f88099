"""Ctrl-C and SIGTERM stop the work that is going on, but not the tidying up after it."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def exit_on_sigterm() -> None:
    """Let SIGTERM unwind the program as Ctrl-C does, instead of ending it at once."""
    signal.signal(signal.SIGTERM, _exit)


@contextmanager
def interrupts_ignored() -> Iterator[None]:
    """Ignore both signals for a while.

    In any other thread than the main one do nothing, because signals reach only the main thread.
    """
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
