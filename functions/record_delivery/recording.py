"""Receipts in, outcomes in the ledger: kept first, then applied, so that none is lost."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, fetch_one
from absence_texts.identifiers import AbsenceTextId
from absence_texts.source import Source
from absence_texts.vocabulary import Count
from record_delivery.claim_window import texts_claimed_for
from record_delivery.delivery_log import Line, MalformedLineError, parse_line
from record_delivery.reasons import is_new
from record_delivery.receipts import keep
from record_delivery.settings import RecordDeliverySettings
from record_delivery.settlement import Settlement


@dataclass(frozen=True, kw_only=True)
class Recording:
    database: Database
    source: Source
    settings: RecordDeliverySettings
    moment: CollegeTime

    def record(self, messages: Iterable[str]) -> Mapping[str, int]:
        """Record every line that can be read; return the count of each outcome."""
        counts: Counter[str] = Counter()
        for message in messages:
            try:
                line = parse_line(message, self.settings.clock.offset)
            except MalformedLineError:
                counts[Count.MALFORMED_RECEIPTS] += 1
                continue
            counts[Count.RECEIPTS] += 1
            counts[Count.NEW_REASONS] += is_new(line.receipt.reason)
            self._keep(line)
        return counts + self._settle()

    def _keep(self, line: Line) -> None:
        receipt = line.receipt
        known = fetch_one(
            self.database,
            "SELECT id FROM absence_texts WHERE sns_message_id = %(message_id)s",
            {"message_id": receipt.message_id},
        )
        may_be_of = [] if known else self._texts_claimed_for(line)
        keep(self.database, receipt, may_be_of, self.moment)

    def _texts_claimed_for(self, line: Line) -> list[AbsenceTextId]:
        return texts_claimed_for(
            self.database,
            self.source,
            line.destination,
            line.receipt.published_at,
            self.settings.mobile_region,
        )

    def _settle(self) -> Counter[str]:
        settlement = Settlement(
            database=self.database,
            source=self.source,
            settings=self.settings,
            moment=self.moment,
        )
        return Counter(settlement.settle())
