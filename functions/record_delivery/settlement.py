"""Applies the kept delivery receipts to the ledger, once it is sure which text each is of.

Sure is the text that carries the receipt's message id. Sure are also texts in doubt: when just as
many receipts may be of them as they are, SNS took them all. Nothing is ever guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, Row, fetch_all, transaction
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import State, move
from absence_texts.message import MessageError, compose
from absence_texts.pastoral_log import log_text_sent
from absence_texts.settings import MessageSettings
from absence_texts.source import Source
from absence_texts.vocabulary import Count
from record_delivery.receipts import Receipt, forget, forget_expired, may_have_left_twice

_BY_MESSAGE_ID = """
JOIN absence_texts t ON t.sns_message_id = r.sns_message_id"""
_BY_NUMBER = f"""
JOIN delivery_receipt_texts may_be_of ON may_be_of.sns_message_id = r.sns_message_id
JOIN absence_texts t ON t.id = may_be_of.absence_text_id
  AND t.state IN ('{State.SENDING}', '{State.IN_DOUBT}')
  AND NOT EXISTS (
    SELECT 1 FROM absence_texts known WHERE known.sns_message_id = r.sns_message_id
  )
  AND NOT EXISTS (
    SELECT 1 FROM delivery_receipt_texts also
    JOIN absence_texts resent ON resent.id = also.absence_text_id
    WHERE also.sns_message_id = r.sns_message_id AND {may_have_left_twice("resent")}
  )"""


@dataclass(frozen=True, kw_only=True)
class Text:
    id: AbsenceTextId
    state: State
    words: str
    """Empty when they can't be had any more: the student or lesson is gone, or has changed."""

    @property
    def can_be_settled(self) -> bool:
        """Whether it is in doubt, and its pastoral log can say what was sent."""
        return self.state is State.IN_DOUBT and bool(self.words)


type Pair = tuple[Receipt, Text]


@dataclass(frozen=True, kw_only=True)
class Settlement:
    database: Database
    source: Source
    settings: MessageSettings
    moment: CollegeTime

    def settle(self) -> Mapping[str, int]:
        """Apply every receipt that can be; return how many texts came to each outcome."""
        counts: Counter[str] = Counter()
        for pair in self._pairs(_BY_MESSAGE_ID):
            counts.update(self._record(*pair))
        while certain := unambiguous_matches(self._pairs(_BY_NUMBER)):
            for pair in certain:
                counts.update(self._record(*pair))
        forget_expired(self.database, self.moment)
        return counts

    def _pairs(self, with_texts: str) -> list[Pair]:
        rows = fetch_all(
            self.database,
            f"""
SELECT r.sns_message_id, r.outcome, r.reason, r.published_at, t.id, t.state,
  s.reference, lesson.starts_at
FROM delivery_receipts r{with_texts}
LEFT JOIN {self.source.table("students")} s ON s.student_id = t.student_id
LEFT JOIN {self.source.table("lessons")} lesson ON lesson.lesson_id = t.lesson_id
ORDER BY r.published_at, r.sns_message_id, t.sending_at, t.id""",
            {},
        )
        return [(_receipt_in(row), self._text_in(row)) for row in rows]

    def _text_in(self, row: Row) -> Text:
        return Text(id=row["id"], state=State(row["state"]), words=self._words(row))

    def _words(self, row: Row) -> str:
        if row["reference"] is None or row["starts_at"] is None:
            return ""
        try:
            return compose(
                self.settings.message_template,
                reference=row["reference"],
                starts_at=row["starts_at"],
                link=self.settings.message_link,
            )
        except MessageError:
            return ""

    def _record(self, receipt: Receipt, text: Text) -> list[str]:
        """Commit the outcome and what it settles together, and let the receipt go."""
        with transaction(self.database):
            settled = text.can_be_settled and self._settle(receipt, text)
            moved = move(
                self.database, [text.id], receipt.outcome, self.moment, reason=receipt.reason
            )
            forget(self.database, [receipt.message_id])
        outcome = receipt.outcome.value if moved else Count.ALREADY_KNOWN
        return [Count.SETTLED, outcome] if settled else [outcome]

    def _settle(self, receipt: Receipt, text: Text) -> bool:
        """Mark a text in doubt as sent, and log it as of when SNS took it."""
        settled = move(
            self.database, [text.id], State.SENT, self.moment, sns_message_id=receipt.message_id
        )
        if settled:
            log_text_sent(self.database, text.id, text.words, self._taken_by_sns(receipt))
        return bool(settled)

    def _taken_by_sns(self, receipt: Receipt) -> CollegeTime:
        return CollegeTime(receipt.published_at.replace(tzinfo=UTC), self.moment.zone)


def unambiguous_matches(pairs: Iterable[Pair]) -> list[Pair]:
    """Pair the receipts and texts of one group that leaves nothing to guess; the smallest first.

    The receipts that may be of the same texts, all of them in doubt, are as many as these: one more
    is of something else, and which one nobody knows. A text still being sent may yet turn out to be
    the one: its group waits.
    """
    texts_of: defaultdict[Receipt, list[Text]] = defaultdict(list)
    for receipt, text in pairs:
        texts_of[receipt].append(text)
    receipts_of: defaultdict[tuple[Text, ...], list[Receipt]] = defaultdict(list)
    for receipt, texts in texts_of.items():
        receipts_of[tuple(texts)].append(receipt)
    for group, receipts in sorted(receipts_of.items(), key=lambda each: len(each[0])):
        if len(receipts) == len(group) and all(text.can_be_settled for text in group):
            return list(zip(receipts, group, strict=True))
    return []


def _receipt_in(row: Row) -> Receipt:
    return Receipt(
        message_id=row["sns_message_id"],
        outcome=State(row["outcome"]),
        reason=row["reason"],
        published_at=row["published_at"],
    )
