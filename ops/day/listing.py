"""The account of a day as staff read it: the lines of the account, with masked mobile numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from absence_texts import account_lines
from absence_texts.account import StudentEntry, Told
from absence_texts.account_lines import Line, look_up
from absence_texts.account_records import read_account
from ops.college_times import as_of
from ops.context import CommandContext
from ops.masking import masked

_MOBILE_AT = account_lines.HEADINGS.index("guardian") + 1


def _with_mobile(cells: tuple[str, ...], mobile: str) -> tuple[str, ...]:
    return (*cells[:_MOBILE_AT], mobile, *cells[_MOBILE_AT:])


HEADINGS = _with_mobile(account_lines.HEADINGS, "mobile")


@dataclass(frozen=True, kw_only=True)
class MaskedLine:
    """One guardian of one student, with the last digits of the guardian's mobile."""

    line: Line
    mobile: str
    """Masked."""

    def cells(self) -> tuple[str, ...]:
        """Return the line's cells under HEADINGS."""
        return _with_mobile(self.line.cells(), self.mobile)


def read_entries(context: CommandContext, day: date) -> list[StudentEntry]:
    """Return the day's account, the students who wait longest for news first."""
    now = context.now
    is_over = day < now.today or context.settings.window_has_closed(now)
    found = read_account(
        context.database,
        context.source,
        context.settings.rules,
        as_of(day, now),
        is_over=is_over,
    )
    return sorted(found, key=lambda entry: (entry.since, entry.student_id))


def lines(context: CommandContext, entries: Iterable[StudentEntry], day: date) -> list[MaskedLine]:
    """Return a line for each guardian of each entry."""
    found = account_lines.account_lines(context.database, context.source, entries, day)
    guardians = {line.guardian.guardian_id for line in found}
    table = context.source.table("guardians")
    mobiles = look_up(context.database, table, "guardian_id", "mobile", guardians)
    return [
        MaskedLine(line=line, mobile=masked(mobiles.get(line.guardian.guardian_id)))
        for line in found
    ]


def count_students(entries: Iterable[StudentEntry]) -> Mapping[Told, int]:
    """Return how many students came to each outcome."""
    told = [entry.told for entry in entries]
    return {outcome: told.count(outcome) for outcome in Told}
