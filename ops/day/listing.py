"""The account of a day as staff read it: with names, and with masked mobile numbers."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date

from pydantic import AwareDatetime

from absence_texts import account_lines
from absence_texts.account import StudentEntry, Told, in_words
from absence_texts.account_lines import Line
from absence_texts.account_records import read_account
from absence_texts.identifiers import NO_GUARDIAN, LessonId
from absence_texts.ledger import State
from ops.college_times import as_of
from ops.context import CommandContext
from ops.listing import ListedModel
from ops.masking import masked
from ops.people.names import guardian_name, lives_with, names_sql, printable, student_name

HEADINGS = (
    *("student", "student name", "lesson", "told", "guardian", "guardian name", "lives with"),
    *("mobile", "text", "state", "reason"),
)


class AccountRow(ListedModel):
    """What became of the news about one absent student, for one guardian."""

    student: str
    """The student's reference."""
    student_name: str
    """First and last name; the last name only if the college's tables have it."""
    lesson: str
    """When the lesson starts, with the date if it is another day's now; or `gone`."""
    told: Told
    guardian: int | None
    """The guardian's id. None if no guardian is linked to the student."""
    guardian_name: str
    """Empty if the college's tables have no such names."""
    lives_with: bool | None
    """Whether the student lives with the guardian. None if the college's tables do not say."""
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
class StaffLine:
    """One guardian of one student, with names and the last digits of the guardian's mobile."""

    line: Line

    @property
    def reference(self) -> str:
        return printable(self.line.reference)

    @property
    def student_name(self) -> str:
        return student_name(self.line.guardian.record)

    @property
    def guardian_name(self) -> str:
        return guardian_name(self.line.guardian.record)

    @property
    def lives_with(self) -> bool | None:
        return lives_with(self.line.guardian.record)

    @property
    def mobile(self) -> str:
        return masked(self.line.guardian.record["mobile"])

    def cells(self) -> tuple[str, ...]:
        """Return the line's cells under HEADINGS."""
        _, lesson, told, guardian, *others = self.line.cells()
        student = (self.reference, self.student_name, lesson, told)
        at_home = {None: "", True: "yes", False: "no"}[self.lives_with]
        return (*student, guardian, self.guardian_name, at_home, self.mobile, *others)

    def to_json(self) -> str:
        entry = self.line.guardian
        return AccountRow(
            student=self.reference,
            student_name=self.student_name,
            lesson=self.line.lesson,
            told=entry.told,
            guardian=None if entry.guardian_id == NO_GUARDIAN else entry.guardian_id,
            guardian_name=self.guardian_name,
            lives_with=self.lives_with,
            mobile=self.mobile,
            text=entry.text_id,
            state=entry.state,
            reason=in_words(entry.reason),
            reason_code=entry.reason,
            recorded_at=entry.at.replace(tzinfo=UTC),
        ).to_json()


def read_entries(context: CommandContext, day: date) -> Iterator[StudentEntry]:
    """Yield the day's account, the students who have waited longest for news first.

    The connection can do nothing else until the last entry is read.
    """
    now, source = context.now, context.source
    return read_account(
        context.database,
        source,
        context.settings.rules,
        as_of(day, now),
        is_over=day < now.today or context.settings.window_has_closed(now),
        shown={"mobile": "g.mobile", **names_sql(source)},
    )


def staff_lines(entries: Iterable[StudentEntry], day: date) -> Iterator[StaffLine]:
    """Yield a line for each guardian of each entry, those with whom the student lives first."""
    for entry in entries:
        lines = account_lines.account_lines([entry], day)
        yield from sorted(
            (StaffLine(line=line) for line in lines), key=lambda line: not line.lives_with
        )


def counting(entries: Iterable[StudentEntry], counts: Counter[Told]) -> Iterator[StudentEntry]:
    """Yield the entries, and count how many students came to each outcome."""
    for entry in entries:
        counts[entry.told] += 1
        yield entry


def only_lesson(entries: Iterable[StudentEntry], lesson: LessonId) -> Iterator[StudentEntry]:
    """Yield the entries about one lesson, with the guardians whose news is about the lesson."""
    for entry in entries:
        about = tuple(each for each in entry.guardians if each.lesson_id == lesson)
        if about:
            yield replace(entry, guardians=about)
