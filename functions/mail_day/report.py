"""What a mail says, read from the database: the account of the day and how the service is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date

from absence_texts.account import GuardianEntry, StudentEntry, Told, in_words
from absence_texts.account_lines import Line, account_lines
from absence_texts.account_records import read_account
from absence_texts.activity import Activity, read_activity
from absence_texts.candidates import MARKS, TODAY, parameters
from absence_texts.clock import CollegeTime
from absence_texts.database import Database, fetch_one
from absence_texts.parameter_store import Switch
from absence_texts.source import Source, find_source
from mail_day.settings import MailDaySettings

_FIRST_DAY_OF_A_WEEKEND = 5


@dataclass(frozen=True, kw_only=True)
class Untold:
    """An absent student about whom nobody at home was told."""

    reference: str
    lesson: str
    since: CollegeTime
    """When a run or a sender first recorded something about the absence."""
    reasons: tuple[str, ...]
    """In words, each once."""


@dataclass(frozen=True, kw_only=True)
class DayReport:
    now: CollegeTime
    switch: Switch
    activity: Activity
    has_marks: bool
    """Whether any register of the day was marked."""
    students: Mapping[Told, int]
    untold: tuple[Untold, ...]
    """Those who wait longest for news first."""
    lines: tuple[Line, ...]
    """The whole account: a line for each guardian."""

    @property
    def day(self) -> date:
        return self.now.today

    @property
    def needs_no_mail(self) -> bool:
        """On a day of a weekend without lessons nobody waits for a mail."""
        return not self.has_marks and self.day.weekday() >= _FIRST_DAY_OF_A_WEEKEND


def read_report(
    database: Database, settings: MailDaySettings, switch: Switch, now: CollegeTime
) -> DayReport:
    source, is_over = find_source(database, settings.source_schema), settings.window_has_closed(now)
    entries = tuple(read_account(database, source, settings.rules, now, is_over=is_over))
    return DayReport(
        now=now,
        switch=replace(switch, changed_at=switch.changed_at + settings.clock.offset),
        activity=read_activity(database, now),
        has_marks=_has_marks(database, source, settings, now),
        students=Counter(entry.told for entry in entries),
        untold=tuple(_untold(entry, now) for entry in entries if entry.told is Told.NOT_TOLD),
        lines=tuple(account_lines(entries, now.today)),
    )


def _untold(entry: StudentEntry, now: CollegeTime) -> Untold:
    lines = list(account_lines([entry], now.today))
    since = min(each.at for each in entry.guardians)
    return Untold(
        reference=lines[0].reference,
        lesson=lines[0].lesson,
        since=CollegeTime(since.replace(tzinfo=UTC), now.zone),
        reasons=tuple(dict.fromkeys(_why(each) for each in entry.guardians)),
    )


def _why(guardian: GuardianEntry) -> str:
    """Return the text's state and the reason: `undelivered: the phone could not be reached`."""
    state = guardian.state.replace("_", " ") if guardian.state else "no text"
    words = in_words(guardian.reason)
    return f"{state}: {words}" if words else state


def _has_marks(
    database: Database, source: Source, settings: MailDaySettings, now: CollegeTime
) -> bool:
    sql = source.resolve(f"SELECT 1 FROM {MARKS} m WHERE {TODAY} LIMIT 1")
    return fetch_one(database, sql, parameters(now, settings.rules)) is not None
