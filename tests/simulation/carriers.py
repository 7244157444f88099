"""The carriers' receipts: early, late, twice with two answers, out of order, or never."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from absence_texts.ledger import State
from tests.simulation.scheduler import Scheduler
from tests.support.receipts import UNREACHABLE, a_receipt
from tests.support.sns_stand_in import Publish

_MINUTES_LATER = (0, 0, 0, 2, 7, 30, 90)
_CALLS = 3
"""Lambda repeats a call that failed twice."""


@dataclass
class Posted:
    message_id: str
    outcome: State
    line: str
    due: datetime
    calls: int = 0


@dataclass
class Carriers:
    scheduler: Scheduler
    answers: float
    """The share of texts that they tell of."""
    posted: list[Posted] = field(default_factory=list)
    heard: defaultdict[str, list[State]] = field(default_factory=lambda: defaultdict(list))
    """By message id: the outcomes that may have been recorded, up to the first that surely was."""
    surely_heard: set[str] = field(default_factory=set)

    def take(self, publish: Publish) -> None:
        """Take a text that SNS accepted, and post what they will tell of it."""
        chance = self.scheduler.chance
        if chance.random() >= self.answers:
            return
        for _ in range(chance.choice((1, 1, 1, 2))):
            outcome = chance.choice((State.DELIVERED, State.DELIVERED, State.UNDELIVERED))
            line = a_receipt(
                publish.message_id,
                failed=UNREACHABLE if outcome is State.UNDELIVERED else None,
                published=f"{self.scheduler.now:%Y-%m-%d %H:%M:%S.%f}",
                mobile=publish.mobile,
            )
            due = self.scheduler.now + timedelta(minutes=chance.choice(_MINUTES_LATER))
            self.posted.append(Posted(publish.message_id, outcome, line, due))

    def bring(self) -> list[Posted]:
        """Hand over what is due by now, in any order."""
        due = [each for each in self.posted if each.due <= self.scheduler.now]
        self.posted = [each for each in self.posted if each.due > self.scheduler.now]
        self.scheduler.chance.shuffle(due)
        return due

    def brought(self, receipts: Sequence[Posted], *, surely: bool) -> None:
        """Note what a call was told; the lines of one that failed come once more."""
        for receipt in receipts:
            if receipt.message_id not in self.surely_heard:
                self.heard[receipt.message_id].append(receipt.outcome)
            if surely:
                self.surely_heard.add(receipt.message_id)
                continue
            receipt.calls += 1
            receipt.due = self.scheduler.now + timedelta(minutes=receipt.calls)
            self.posted += [receipt] * (receipt.calls < _CALLS)
