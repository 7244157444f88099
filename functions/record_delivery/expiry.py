"""Deletes what is kept only for a time: receipts that fit no text, and the texts' recipients."""

from datetime import timedelta

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, execute, fetch_all
from absence_texts.ledger import PAGE_SIZE
from absence_texts.recipient import KEPT_FOR as RECIPIENT_KEPT_FOR
from record_delivery.receipts import KEPT_FOR, forget

_DAYS_LOOKED_AT = 30
"""So that holidays, or a service that stood still, leave none behind."""


def forget_expired(database: Database, moment: CollegeTime) -> None:
    _forget_receipts(database, moment)
    _forget_recipients(database, moment)


def _forget_receipts(database: Database, moment: CollegeTime) -> None:
    rows = fetch_all(
        database,
        "SELECT sns_message_id AS message_id FROM delivery_receipts"
        " WHERE received_at < %(expired)s",
        {"expired": moment.utc - KEPT_FOR},
    )
    forget(database, [row["message_id"] for row in rows])


def _forget_recipients(database: Database, moment: CollegeTime) -> None:
    """Delete the recipients that no receipt is compared with any more.

    By single days, because the index has a day's rows without a recipient first: of a day whose
    recipients are deleted, nothing is read.
    """
    last = moment.today - RECIPIENT_KEPT_FOR
    rows = fetch_all(
        database,
        "SELECT id FROM absence_texts WHERE absence_date IN %(days)s AND recipient IS NOT NULL"
        f" LIMIT {PAGE_SIZE}",
        {"days": [last - timedelta(days=ago) for ago in range(_DAYS_LOOKED_AT)]},
    )
    if rows:
        execute(
            database,
            "UPDATE absence_texts SET recipient = NULL WHERE id IN %(ids)s",
            {"ids": sorted(row["id"] for row in rows)},
        )
