"""Which mail is due, and who sends it: a row for each mail, claimed before the mail is sent.

The scheduler may call the function twice at one moment, and calls it again every few minutes. The
first call after a mail's time sends the mail. If that call fails, a later call sends the mail.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, execute, fetch_one

CLAIM_LASTS = timedelta(minutes=3)
"""A call that claimed the mail this long ago has ended: it failed, or was cut off."""


@dataclass(frozen=True, kw_only=True)
class DueMail:
    """One mail of one day."""

    day: date
    due_time: time


def latest_due(times: Iterable[time], now: CollegeTime) -> DueMail | None:
    """Return the mail whose time has passed last today. A later mail replaces an earlier one."""
    passed = [each for each in times if each <= now.wall_clock.time()]
    return DueMail(day=now.today, due_time=max(passed)) if passed else None


def was_sent(database: Database, mail: DueMail) -> bool:
    found = fetch_one(
        database,
        "SELECT sent_at FROM day_mails WHERE mail_date = %(day)s AND due_time = %(due_time)s",
        vars(mail),
    )
    return bool(found and found["sent_at"])


def claim(database: Database, mail: DueMail, now: CollegeTime) -> bool:
    """Return whether this call is the one that sends the mail: no other call is about to."""
    execute(
        database,
        "INSERT INTO day_mails (mail_date, due_time) VALUES (%(day)s, %(due_time)s)"
        " ON DUPLICATE KEY UPDATE mail_date = mail_date",
        vars(mail),
    )
    claimed = execute(
        database,
        "UPDATE day_mails SET claimed_at = %(now)s"
        " WHERE mail_date = %(day)s AND due_time = %(due_time)s AND sent_at IS NULL"
        " AND (claimed_at IS NULL OR claimed_at < %(ended)s)",
        {**vars(mail), "now": now.utc, "ended": now.utc - CLAIM_LASTS},
    )
    return claimed == 1


def note_sent(database: Database, mail: DueMail, now: CollegeTime) -> None:
    execute(
        database,
        "UPDATE day_mails SET sent_at = %(now)s"
        " WHERE mail_date = %(day)s AND due_time = %(due_time)s",
        {**vars(mail), "now": now.utc},
    )
