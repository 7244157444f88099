"""A sender's own claim of a text: taken before the publish, ended after it.

The claim stores what the text will say and which phone it goes to. Everything later, the pastoral
log and the receipts included, reads that from the row.
"""

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, Value, fetch_one, transaction
from absence_texts.ledger import ANY_STATE, CLAIMED, State, move_where
from absence_texts.pastoral_log import log_text_sent
from absence_texts.recipient import recipient_of
from send_sms.claimed_text import ClaimedText


class PhoneBusyError(Exception):
    """Another sender is texting the same phone about the same student, and may still fail."""


def take(
    database: Database, text: ClaimedText, *, mobile: str, message: str, moment: CollegeTime
) -> bool:
    """Commit `sending` if the row is still as it was checked; return whether.

    The row must tell of the lesson that was checked, and no other sender may have claimed it since:
    each claim has a number of its own in `attempts`, by which its sender ends it.

    Raises pymysql's IntegrityError if another text about the student holds the phone.
    """
    claimed = move_where(
        database,
        "id = %(id)s AND lesson_id = %(lesson_id)s AND attempts = %(attempts_before)s",
        State.SENDING,
        moment,
        {"id": text.id, "lesson_id": text.lesson_id, "attempts_before": text.attempts},
        attempts=text.attempts + 1,
        message=message,
        recipient=_recipient(text, mobile),
    )
    return claimed == 1


def wait_for_phone(database: Database, text: ClaimedText, mobile: str) -> None:
    """Return if another text about the student went to the phone, or may have gone.

    Raises PhoneBusyError if that text may still turn out not to have left.
    """
    holder = fetch_one(
        database,
        "SELECT state FROM absence_texts WHERE absence_date = %(day)s"
        " AND recipient = %(recipient)s AND student_id = %(student)s",
        {
            "day": text.absence_date,
            "recipient": _recipient(text, mobile),
            "student": text.student_id,
        },
    )
    if holder is None or holder["state"] in CLAIMED:
        raise PhoneBusyError


def record_sent(
    database: Database, text: ClaimedText, message_id: str, moment: CollegeTime
) -> None:
    """Commit `sent` and its pastoral log together.

    A text that is sent already has its log: a receipt came first, or an earlier COMMIT was done and
    its answer lost.
    """
    with transaction(database):
        if _end(database, text, State.SENT, ANY_STATE, moment, provider_message_id=message_id):
            log_text_sent(database, text.id, moment)


def record_not_sent(
    database: Database, text: ClaimedText, to: State, reason: str, moment: CollegeTime
) -> None:
    """End the claim without a sent text, and free the phone if the text certainly did not leave."""
    may_have_left = to is State.IN_DOUBT or text.was_in_doubt
    freed: dict[str, Value] = {} if may_have_left else {"recipient": None}
    _end(database, text, to, CLAIMED, moment, reason=reason, **freed)


def _end(
    database: Database,
    text: ClaimedText,
    to: State,
    only_from: frozenset[State],
    moment: CollegeTime,
    **columns: Value,
) -> int:
    """End this sender's claim only: after a resend, another sender may hold the text."""
    return move_where(
        database,
        "id = %(id)s AND attempts = %(attempts)s AND state IN %(only_from)s",
        to,
        moment,
        {"id": text.id, "attempts": text.attempts + 1, "only_from": tuple(sorted(only_from))},
        **columns,
    )


def _recipient(text: ClaimedText, mobile: str) -> str:
    return recipient_of(mobile, text.student_id, text.absence_date)
