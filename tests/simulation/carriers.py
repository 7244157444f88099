"""The carriers' receipts: early, late, twice with two outcomes, out of order, or never."""

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
class Receipt:
    message_id: str
    outcome: State
    line: str
    due: datetime
    calls: int = 0


@dataclass
class Carriers:
    scheduler: Scheduler
    receipt_rate: float
    """The share of texts that get a receipt."""
    outgoing: list[Receipt] = field(default_factory=list)
    possibly_recorded: defaultdict[str, list[State]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By message id: the outcomes that may be recorded, up to the first that certainly is."""
    certainly_recorded: set[str] = field(default_factory=set)
    """The ids of messages for which a call that got a receipt ended without an error."""

    def accept(self, publish: Publish) -> None:
        """Accept a text, and decide its receipts: none, one or two."""
        chance = self.scheduler.chance
        if chance.random() >= self.receipt_rate:
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
            self.outgoing.append(Receipt(publish.message_id, outcome, line, due))

    def take_due(self) -> list[Receipt]:
        """Take the receipts that are due, in any order."""
        due = [receipt for receipt in self.outgoing if receipt.due <= self.scheduler.now]
        self.outgoing = [receipt for receipt in self.outgoing if receipt.due > self.scheduler.now]
        self.scheduler.chance.shuffle(due)
        return due

    def note_handed_over(self, receipts: Sequence[Receipt], *, recorded: bool) -> None:
        """Note the receipts that a call was given. Those of a call that failed come again."""
        for receipt in receipts:
            if receipt.message_id not in self.certainly_recorded:
                self.possibly_recorded[receipt.message_id].append(receipt.outcome)
            if recorded:
                self.certainly_recorded.add(receipt.message_id)
                continue
            receipt.calls += 1
            receipt.due = self.scheduler.now + timedelta(minutes=receipt.calls)
            self.outgoing += [receipt] * (receipt.calls < _CALLS)
