"""Records receipts in the ledger. Each is kept first and then applied, so that none is lost."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, fetch_one
from absence_texts.vocabulary import Count
from record_delivery.claim_window import texts_claimed_for
from record_delivery.receipts import ReceivedReceipt, keep
from record_delivery.settlement import Settlement


@dataclass(frozen=True, kw_only=True)
class Recording:
    database: Database
    moment: CollegeTime

    def record(self, received: Iterable[ReceivedReceipt | None]) -> Mapping[str, int]:
        """Record every receipt that could be read; return the count of each outcome."""
        counts: Counter[str] = Counter()
        for each in received:
            if each is None:
                counts[Count.MALFORMED_RECEIPTS] += 1
                continue
            counts[Count.RECEIPTS] += 1
            counts[Count.NEW_REASONS] += each.reason_is_new
            counts[Count.ACCOUNT_STOPPED] += each.account_is_stopped
            self._keep(each)
        settlement = Settlement(database=self.database, moment=self.moment)
        return counts + Counter(settlement.settle())

    def _keep(self, received: ReceivedReceipt) -> None:
        receipt = received.receipt
        known = fetch_one(
            self.database,
            "SELECT id FROM absence_texts WHERE provider_message_id = %(message_id)s",
            {"message_id": receipt.message_id},
        )
        may_be_of = (
            [] if known else texts_claimed_for(self.database, received.mobile, receipt.published_at)
        )
        keep(self.database, receipt, may_be_of, self.moment)
