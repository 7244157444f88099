"""The proof's step about the account of the day."""

from absence_texts.account import Told
from absence_texts.account_lines import account_lines
from absence_texts.account_records import read_account
from absence_texts.source import find_source
from detect_absences.settings import DetectAbsencesSettings
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
