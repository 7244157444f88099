"""Delivery receipts, kept from the moment they come until they are applied to the ledger.

A receipt can be here before its text is marked sent, or be all that is ever known of a text in
doubt. No phone number is kept: the texts that a receipt may be of are found when the receipt comes.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, execute, fetch_all, transaction
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import State

KEPT_FOR = timedelta(days=1)
"""A text is marked sent, or in doubt, minutes after its receipt can be here."""
LONGEST_REASON = 191
"""Characters: the ledger's column."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    message_id: str
    outcome: State
    reason: str | None
    published_at: datetime
    """When the provider took the text: UTC, as our own tables hold it."""


@dataclass(frozen=True, kw_only=True)
class ReceivedReceipt:
    """A receipt with what is not kept of it."""

    receipt: Receipt
    mobile: str
    """In E.164; empty if the provider does not say."""
    reason_is_new: bool
    account_is_stopped: bool
    """Whether the provider sends no more texts of the account."""


def may_have_left_twice(text: str) -> str:
    """Return a condition on a row of the ledger: a receipt may be of a claim that it forgot.

    A text in doubt that was resent has only its last claim's time, or still waits; a text in doubt
    that was claimed more than once may be one that was resent. If a receipt may be of such a text,
    nothing tells which claim or which text it is of.
    """
    return (
        f"({text}.in_doubt_at IS NOT NULL"
        f" AND ({text}.attempts > 1 OR {text}.pending_at > {text}.in_doubt_at))"
    )


def keep(
    database: Database, receipt: Receipt, may_be_of: Iterable[AbsenceTextId], moment: CollegeTime
) -> None:
    """Keep a receipt and the texts that it may be of; of two receipts for one message, the first.

    The tables' `sns_message_id` is the id under which the provider took the text.
    """
    with transaction(database):
        execute(
            database,
            "INSERT INTO delivery_receipts"
            " (sns_message_id, outcome, reason, published_at, received_at) VALUES"
            " (%(message_id)s, %(outcome)s, %(reason)s, %(published_at)s, %(now)s)"
            " ON DUPLICATE KEY UPDATE sns_message_id = sns_message_id",
            {**vars(receipt), "outcome": receipt.outcome.value, "now": moment.utc},
        )
        for text_id in may_be_of:
            execute(
                database,
                "INSERT INTO delivery_receipt_texts (sns_message_id, absence_text_id)"
                " VALUES (%(message_id)s, %(text_id)s)"
                " ON DUPLICATE KEY UPDATE sns_message_id = sns_message_id",
                {"message_id": receipt.message_id, "text_id": text_id},
            )


def forget(database: Database, message_ids: Iterable[str]) -> int:
    """Delete receipts one by one, in the order of their key, so that two callers can't deadlock."""
    sql = "DELETE FROM delivery_receipts WHERE sns_message_id = %(message_id)s"
    return sum(execute(database, sql, {"message_id": each}) for each in sorted(message_ids))


def known_among(database: Database, message_ids: Collection[str]) -> frozenset[str]:
    """Return the ids whose receipt is kept, or is the outcome of a text.

    An example: of the ids a, b and c, the receipt of a waits for its text, the text of b is
    delivered, and the text of c is sent. Known are a and b.
    """
    if not message_ids:
        return frozenset()
    rows = fetch_all(
        database,
        "SELECT sns_message_id AS message_id FROM delivery_receipts"
        " WHERE sns_message_id IN %(ids)s"
        " UNION SELECT provider_message_id FROM absence_texts"
        " WHERE provider_message_id IN %(ids)s AND state IN %(settled)s",
        {"ids": tuple(message_ids), "settled": (State.DELIVERED.value, State.UNDELIVERED.value)},
    )
    return frozenset(row["message_id"] for row in rows)
