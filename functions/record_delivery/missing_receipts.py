"""Notices that texts leave and no receipt comes: SNS may have stopped writing its delivery logs."""

from datetime import timedelta

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, fetch_one

RECEIPT_WITHIN = timedelta(hours=1)
"""A text this old should have its receipt. A phone that is off can delay one text's receipt for
days, so one receipt shows that receipts come."""
_LOOKED_AT = timedelta(days=1)


def count_without_receipt(database: Database, moment: CollegeTime) -> int:
    """Return how many texts left in the last day, but the last hour, if none has a receipt.

    Of five texts, for example, five are counted as long as the state of each is `sent`, and none as
    soon as the state of one is `delivered` or `undelivered`.
    """
    found = fetch_one(
        database,
        "SELECT COUNT(*) AS texts, COUNT(delivered_at) + COUNT(undelivered_at) AS receipts"
        " FROM absence_texts WHERE absence_date IN (%(yesterday)s, %(today)s)"
        " AND sent_at BETWEEN %(since)s AND %(until)s",
        {
            "today": moment.today,
            "yesterday": moment.today - timedelta(days=1),
            "since": moment.utc - _LOOKED_AT,
            "until": moment.utc - RECEIPT_WITHIN,
        },
    )
    return found["texts"] if found and not found["receipts"] else 0
