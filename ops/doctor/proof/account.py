"""The proof's steps about the account of the day, and about the mail with it."""

from absence_texts.account import Told
from absence_texts.account_lines import account_lines
from absence_texts.account_records import read_account
from absence_texts.parameter_store import Sending, Switch
from absence_texts.source import find_source
from detect_absences.settings import DetectAbsencesSettings
from mail_day.run import send_what_is_due
from mail_day.settings import MailDaySettings
from ops.doctor.proof.absences import DAY, Absence, at
from ops.doctor.proof.day import ProofDay, default_settings
from ops.doctor.proof.outcome import expect


def check_account(day: ProofDay) -> None:
    source, rules = find_source(day.database, None), default_settings(DetectAbsencesSettings).rules
    entries = list(read_account(day.database, source, rules, at(23), is_over=True))
    expect("students of the account", len(entries), len({each.student_id for each in entries}))
    outcomes = {entry.student_id: entry.told for entry in entries}
    expect("news of a delivered text", outcomes.get(Absence.DELIVERED.student), Told.TOLD)
    lessons = {line.lesson for line in account_lines(entries, DAY)}
    expect("lessons of the account", lessons, {"10:10", "11:20"})


def check_mail(day: ProofDay) -> None:
    """Let two calls send one mail, which holds the account."""
    settings = default_settings(
        MailDaySettings,
        mail_from="service@college.example",
        mail_to="office@college.example",
        mail_times="11:45",
    )
    switch = Switch(value=Sending.ON, changed_at=at(8).instant)
    sent: list[bytes] = []
    for _ in range(2):
        send_what_is_due(
            day.database, settings, at(12, 50), read_switch=lambda: switch, send=sent.append
        )
    expect("mails", len(sent), 1)
