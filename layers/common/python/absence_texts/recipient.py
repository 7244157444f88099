"""The phone of a text, in a form that the ledger may keep for some days."""

from datetime import date, timedelta
from hashlib import sha256

from absence_texts.identifiers import StudentId

KEPT_FOR = timedelta(days=5)
"""The provider's receipts, which are compared by it, come up to 72 hours later."""


def recipient_of(mobile: str, student_id: StudentId, absence_date: date) -> str:
    """Return the same value for two texts exactly if phone, student and day are the same.

    `mobile` is in E.164. Student and day are in the value so that a phone can't be followed from
    one row to another. The value is no secret, because all mobile numbers can be tried: so it is
    deleted when no receipt can come any more.
    """
    return sha256(f"{absence_date} {student_id} {mobile}".encode()).hexdigest()
