"""Which texts a receipt may be of if the ledger does not know its message id."""

from datetime import datetime, timedelta

from absence_texts.database import Database, Row, fetch_all
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import ABANDONED_AFTER, State
from absence_texts.recipient import recipient_of
from record_delivery.receipts import may_have_left_twice

_CLOCKS_DIFFER_BY = timedelta(seconds=5)


def texts_claimed_for(
    database: Database, mobile: str, published_at: datetime
) -> list[AbsenceTextId]:
    """Return the texts without an outcome that were claimed for this number just before.

    A claim is committed before its publish, so no receipt is here before the claim of its text. And
    no sender publishes when its claim counts as abandoned. A text that may have left by an earlier
    claim is returned too, because the ledger has only the last claim's time.
    """
    if not mobile:
        return []
    rows = fetch_all(
        database,
        f"""
SELECT t.id, t.student_id, t.absence_date, t.recipient
FROM absence_texts t
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
    return [row["id"] for row in rows if _may_have_gone_to(mobile, row)]


def _may_have_gone_to(mobile: str, text: Row) -> bool:
    """Say whether the text's claim was for this number, or for a number that is not known.

    The release before this one stores no recipient.
    """
    recipient = recipient_of(mobile, text["student_id"], text["absence_date"])
    return text["recipient"] in (None, recipient)
