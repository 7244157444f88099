"""Which texts a receipt may be of whose message id the ledger does not know."""

from datetime import datetime, timedelta

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber

from absence_texts.database import Database, fetch_all
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import ABANDONED_AFTER, State
from absence_texts.source import Source
from record_delivery.receipts import may_have_left_twice

_CLOCKS_DIFFER_BY = timedelta(seconds=5)


def texts_claimed_for(
    database: Database, source: Source, number: str, published_at: datetime, region: str
) -> list[AbsenceTextId]:
    """Return the texts without an outcome that were claimed for this number just before.

    The claim is committed before the publish, so that no receipt is here before its text's claim.
    With them come those that may have left by an earlier claim, which nobody has the time of.
    """
    destination = _parse(number, region)
    if destination is None:
        return []
    rows = fetch_all(
        database,
        f"""
SELECT t.id, g.mobile
FROM absence_texts t
JOIN {source.table("guardians")} g ON g.guardian_id = t.guardian_id
WHERE t.absence_date >= %(a_day_before)s AND ({may_have_left_twice("t")}
  OR (t.state IN %(states)s AND t.sending_at BETWEEN %(earliest)s AND %(latest)s))
ORDER BY t.id""",
        {
            "states": (State.SENDING, State.IN_DOUBT),
            "a_day_before": published_at.date() - timedelta(days=1),
            "earliest": published_at - ABANDONED_AFTER,
            "latest": published_at + _CLOCKS_DIFFER_BY,
        },
    )
    return [row["id"] for row in rows if _parse(row["mobile"], region) == destination]


def _parse(number: str | None, region: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(number or "", region)
    except NumberParseException:
        return None
