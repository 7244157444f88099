"""The account of a day as staff read it: the lines of the account, with masked mobile numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date

from pydantic import AwareDatetime

from absence_texts import account_lines
from absence_texts.account import StudentEntry, Told, in_words
from absence_texts.account_lines import Line, look_up
from absence_texts.account_records import read_account
from absence_texts.identifiers import NO_GUARDIAN
from absence_texts.ledger import State
from ops.college_times import as_of
from ops.context import CommandContext
from ops.listing import ListedModel
from ops.masking import masked

_MOBILE_AT = account_lines.HEADINGS.index("guardian") + 1


def _with_mobile(cells: tuple[str, ...], mobile: str) -> tuple[str, ...]:
    return (*cells[:_MOBILE_AT], mobile, *cells[_MOBILE_AT:])


HEADINGS = _with_mobile(account_lines.HEADINGS, "mobile")


class AccountRow(ListedModel):
    """What became of the news about one absent student, for one guardian."""

    student: str
    """The student's reference, or `gone` if the college's tables have the student no more."""
    lesson: str
    """When the lesson starts, with the date if it is another day's now; or `gone`."""
    told: Told
    guardian: int | None
    """The guardian's id. None if no guardian is linked to the student."""
    mobile: str
    """The last digits of the number on the portal, or `none`."""
    text: int | None
    """The id of the text. None if there is no text."""
    state: State | None
    """The state of the text."""
    reason: str
    """Why the guardian is not told, in words."""
    reason_code: str | None
    """The reason as it is recorded: a criterion's name, a word of ours or the provider's."""
    recorded_at: AwareDatetime
    """When this was recorded."""


@dataclass(frozen=True, kw_only=True)
class MaskedLine:
    """One guardian of one student, with the last digits of the guardian's mobile."""

    line: Line
    mobile: str
    """Masked."""

    def cells(self) -> tuple[str, ...]:
        """Return the line's cells under HEADINGS."""
        return _with_mobile(self.line.cells(), self.mobile)

    def to_json(self) -> str:
        entry = self.line.guardian
        return AccountRow(
            student=self.line.reference,
            lesson=self.line.lesson,
            told=entry.told,
            guardian=None if entry.guardian_id == NO_GUARDIAN else entry.guardian_id,
            mobile=self.mobile,
            text=entry.text_id,
            state=entry.state,
            reason=in_words(entry.reason),
            reason_code=entry.reason,
            recorded_at=entry.at.replace(tzinfo=UTC),
        ).to_json()


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
