"""One call of the schedule: send the mail that is due, if nobody has sent it."""

from collections.abc import Callable, Mapping

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, once_more_if_lost
from absence_texts.parameter_store import Switch
from absence_texts.vocabulary import Count
from mail_day.due import claim, latest_due, note_sent, was_sent
from mail_day.message import compose
from mail_day.report import DayReport, read_report
from mail_day.settings import MailDaySettings

type Send = Callable[[bytes], None]


def send_what_is_due(
    database: Database,
    settings: MailDaySettings,
    now: CollegeTime,
    *,
    read_switch: Callable[[], Switch],
    send: Send,
) -> Mapping[str, int]:
    """Send the mail whose time has passed, once; return how many left, and whether all is well.

    A call that finds another call at work does not know whether that one will succeed.
    """
    mail = latest_due(settings.mail_times, now)
    if mail is None or was_sent(database, mail):
        return {Count.MAILED: 0, Count.MAILS_ON_TIME: 1}
    if not claim(database, mail, now):
        return {Count.MAILED: 0, Count.MAILS_ON_TIME: 0}
    report = read_report(database, settings, read_switch(), now)
    mailed = 0 if report.needs_no_mail else _send(report, settings, send)
    once_more_if_lost(database, lambda: note_sent(database, mail, now))
    return {Count.MAILED: mailed, Count.MAILS_ON_TIME: 1}


def send_now(
    database: Database,
    settings: MailDaySettings,
    now: CollegeTime,
    *,
    read_switch: Callable[[], Switch],
    send: Send,
) -> Mapping[str, int]:
    """Send a mail because a person asks for one. It replaces none of the day's mails."""
    report = read_report(database, settings, read_switch(), now)
    return {Count.MAILED: _send(report, settings, send)}


def _send(report: DayReport, settings: MailDaySettings, send: Send) -> int:
    send(compose(report, settings))
    return 1
