"""Applies the kept delivery receipts to the ledger, once it is certain which text each is of.

It is certain of the text that has the receipt's message id. It is certain of texts in doubt too, if
as many receipts may be of them as there are such texts: the provider took them all. Nothing is
guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from functools import partial

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, Row, fetch_all, once_more_if_lost, transaction
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import ANY_STATE, State, move
from absence_texts.pastoral_log import log_text_sent
from absence_texts.vocabulary import Count
from record_delivery.expiry import forget_expired
from record_delivery.receipts import Receipt, forget, may_have_left_twice

_BY_MESSAGE_ID = """
JOIN absence_texts t ON t.provider_message_id = r.sns_message_id"""
# The texts without an outcome that a receipt may be of. Left out is a receipt whose message id a
# text has, and one that may be of a text that may have left twice. An example: receipt R came when
# texts 1 and 2 were claimed for its number. As soon as text 2 is resent, R settles neither.
_BY_NUMBER = f"""
JOIN delivery_receipt_texts may_be_of ON may_be_of.sns_message_id = r.sns_message_id
JOIN absence_texts t ON t.id = may_be_of.absence_text_id
  AND t.state IN ('{State.SENDING}', '{State.IN_DOUBT}')
  AND NOT EXISTS (
    SELECT 1 FROM absence_texts taken WHERE taken.provider_message_id = r.sns_message_id
  )
  AND NOT EXISTS (
    SELECT 1 FROM delivery_receipt_texts also
    JOIN absence_texts resent ON resent.id = also.absence_text_id
    WHERE also.sns_message_id = r.sns_message_id AND {may_have_left_twice("resent")}
  )"""


@dataclass(frozen=True, kw_only=True)
class TextOfReceipt:
    """A row of the ledger that a receipt is of, or may be of."""

    id: AbsenceTextId
    state: State
    has_message: bool
    """Its claim stored the words for the pastoral log; the release before this one stores none."""

    @property
    def can_be_settled(self) -> bool:
        return self.state is State.IN_DOUBT and self.has_message


type Match = tuple[Receipt, TextOfReceipt]


@dataclass(frozen=True, kw_only=True)
class Settlement:
    database: Database
    moment: CollegeTime

    def settle(self) -> Mapping[str, int]:
        """Apply every receipt that can be; return how many texts came to each outcome."""
        counts: Counter[str] = Counter()
        for match in self._matches(_BY_MESSAGE_ID):
            counts.update(self._record(*match))
        while certain := certain_matches(self._matches(_BY_NUMBER)):
            for match in certain:
                counts.update(self._record(*match))
        forget_expired(self.database, self.moment)
        return counts

    def _matches(self, with_texts: str) -> list[Match]:
        rows = fetch_all(
            self.database,
            f"""
SELECT r.sns_message_id AS message_id, r.outcome, r.reason, r.published_at, t.id, t.state,
  t.message IS NOT NULL AS has_message
FROM delivery_receipts r{with_texts}
ORDER BY r.published_at, r.sns_message_id, t.sending_at, t.id""",
            {},
        )
        return [(_receipt_in(row), _text_in(row)) for row in rows]

    def _record(self, receipt: Receipt, text: TextOfReceipt) -> list[str]:
        return once_more_if_lost(self.database, partial(self._commit, receipt, text))

    def _commit(self, receipt: Receipt, text: TextOfReceipt) -> list[str]:
        """Commit the outcome together with what it settles, and delete the receipt."""
        with transaction(self.database):
            settled = text.can_be_settled and self._settle(receipt, text)
            moved = move(
                self.database, [text.id], receipt.outcome, self.moment, reason=receipt.reason
            )
            forget(self.database, [receipt.message_id])
        outcome = receipt.outcome.value if moved else Count.ALREADY_KNOWN
        return [Count.SETTLED, outcome] if settled else [outcome]

    def _settle(self, receipt: Receipt, text: TextOfReceipt) -> bool:
        """Mark a text in doubt as sent, and log it with the time when the provider took it."""
        settled = move(
            self.database,
            [text.id],
            State.SENT,
            self.moment,
            ANY_STATE,
            provider_message_id=receipt.message_id,
        )
        if settled:
            published_at = receipt.published_at.replace(tzinfo=UTC)
            log_text_sent(self.database, text.id, CollegeTime(published_at, self.moment.zone))
        return bool(settled)


def certain_matches(matches: Iterable[Match]) -> list[Match]:
    """Match the receipts and texts of the smallest group in which nothing must be guessed.

    A group is the receipts that may be of the same texts. If one text in doubt has two receipts,
    one of them is of something else, and it is not known which. A text that is still being sent may
    turn out to be the receipt's, so its group waits.
    """
    texts_of: defaultdict[Receipt, list[TextOfReceipt]] = defaultdict(list)
    for receipt, text in matches:
        texts_of[receipt].append(text)
    receipts_of: defaultdict[tuple[TextOfReceipt, ...], list[Receipt]] = defaultdict(list)
    for receipt, texts in texts_of.items():
        receipts_of[tuple(texts)].append(receipt)
    for group, receipts in sorted(receipts_of.items(), key=lambda each: len(each[0])):
        if len(receipts) == len(group) and all(text.can_be_settled for text in group):
            return list(zip(receipts, group, strict=True))
    return []


def _receipt_in(row: Row) -> Receipt:
    return Receipt(
        message_id=row["message_id"],
        outcome=State(row["outcome"]),
        reason=row["reason"],
        published_at=row["published_at"],
    )


def _text_in(row: Row) -> TextOfReceipt:
    return TextOfReceipt(
        id=row["id"], state=State(row["state"]), has_message=bool(row["has_message"])
    )
