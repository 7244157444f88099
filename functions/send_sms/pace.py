"""Keeps one sender to its share of the account's rate of texts.

The event source limits how many senders run at once, and each sender waits between its own
publishes. So all senders together keep to the account's rate, without asking one another.
"""

import time
from collections.abc import Callable


class Pace:
    """Made for each invocation.

    It waits before the first text too, because the last invocation may have ended with a text.
    """

    def __init__(
        self,
        seconds_between_texts: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._seconds = seconds_between_texts
        self._clock = clock
        self._sleep = sleep
        self._last = clock()

    def wait(self) -> None:
        """Return when the next text may be published."""
        early = self._last + self._seconds - self._clock()
        if early > 0:
            self._sleep(early)

    def count(self) -> None:
        """Note that a text is being published now."""
        self._last = self._clock()
