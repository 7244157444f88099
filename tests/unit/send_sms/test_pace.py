"""All senders together keep to the account's rate of texts, and use it."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest

from send_sms.pace import Pace

PER_SECOND = 20
SENDERS = 5
BATCH = 10


@dataclass
class Slot:
    """One of the senders that may run at once: invocation after invocation, in its own time."""

    chance: Random
    slowest_publish: float
    now: float = 0

    def publishes(self, texts: int) -> Iterator[float]:
        """Return when each publish begins."""
        for number in range(texts):
            if number % BATCH == 0:
                self._pass(0.05)
                pace = Pace(SENDERS / PER_SECOND, clock=lambda: self.now, sleep=self.sleep)
            self._pass(0.004)
            pace.wait()
            self._pass(0.004)
            pace.count()
            yield self.now
            self._pass(self.slowest_publish)

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def _pass(self, most: float) -> None:
        self.now += self.chance.uniform(0, most)


def moments(slowest_publish: float, texts: int = 1000) -> list[float]:
    chance = Random(7)  # noqa: S311 (to be the same again)
    slots = [Slot(chance, slowest_publish) for _ in range(SENDERS)]
    return list(heapq.merge(*(slot.publishes(texts // SENDERS) for slot in slots)))


@pytest.mark.parametrize("slowest_publish", [0, 0.1, 0.3, 2])
def test_in_no_second_do_more_texts_leave_than_the_account_may_send(
    slowest_publish: float,
) -> None:
    published = moments(slowest_publish)
    for first, one_too_many in zip(published, published[PER_SECOND:], strict=False):
        assert one_too_many - first >= 1 - 1e-9


def test_a_thousand_texts_due_at_once_leave_at_nine_tenths_of_the_rate_or_more() -> None:
    published = moments(slowest_publish=0.2)
    assert len(published) / published[-1] >= 0.9 * PER_SECOND


def test_the_oldest_texts_leave_first_and_none_later_than_the_rate_forces() -> None:
    """Hand batches out in the queue's order to whichever sender is free, as the event source does.

    A batch is one sender's, so the order is kept to within the batches under way.
    """
    chance = Random(7)  # noqa: S311 (to be the same again)
    slots = [Slot(chance, slowest_publish=0.2) for _ in range(SENDERS)]
    published: list[float] = []
    for _ in range(1000 // BATCH):
        free = min(slots, key=lambda slot: slot.now)
        published += free.publishes(BATCH)
    under_way = SENDERS * BATCH
    for number, moment in enumerate(published):
        assert moment <= (number + 1 + under_way) / (0.9 * PER_SECOND)
    latest_before = 0.0
    for older, newer in zip(published, published[under_way:], strict=False):
        latest_before = max(latest_before, older)
        assert newer > latest_before


def test_a_text_after_a_quiet_time_does_not_wait() -> None:
    slot = Slot(Random(0), 0)  # noqa: S311 (to be the same again)
    pace = Pace(10, clock=lambda: slot.now, sleep=slot.sleep)
    slot.now = 30
    pace.wait()
    assert slot.now == 30
