"""The rows that `preview` lists."""

from typing import Literal

from absence_texts.clock import CollegeTime
from absence_texts.database import Row
from absence_texts.ledger import State
from absence_texts.wording import clock_time
from ops.college_times import from_utc
from ops.listing import ListedModel
from ops.masking import masked
from ops.people.names import guardian_name, printable, student_name
from ops.preview.expected_texts import ExpectedText
from ops.tables import Cells
from ops.text_rows import RECIPIENT_HEADINGS

DIFFERENCE_HEADINGS = (*RECIPIENT_HEADINGS, "difference", "state", "note")
type Difference = Literal["not sent", "sent, and would not be sent now"]


class PreviewRow(ListedModel):
    """A text that a run would claim."""

    student: str
    """The student's reference."""
    student_name: str
    """First and last name; the last name only if the college's tables have it."""
    lesson: str
    """When the lesson starts."""
    guardian: int
    """The guardian's id."""
    guardian_name: str
    """Empty if the college's tables have no such names."""
    mobile: str
    """The last digits of the number on the portal, or `none`."""

    def cells(self) -> Cells:
        return _recipient(self)


class DifferenceRow(ListedModel):
    """A text that should have left and did not, or that left and would not leave now."""

    student: str
    """The student's reference, or `gone` if the college's tables have the student no more."""
    student_name: str
    """First and last name; the last name only if the college's tables have it."""
    lesson: str
    """When the lesson starts; or `gone` if the college's tables have the lesson no more."""
    guardian: int
    """The guardian's id."""
    guardian_name: str
    """Empty if the college's tables have no such names."""
    mobile: str
    """The last digits of the number on the portal, or `none`."""
    difference: Difference
    state: State | None
    """The state of the text. None if there is no text."""
    note: str
    """Why the text was not sent, when it left, or which text a run would claim now."""

    def cells(self) -> Cells:
        return (*_recipient(self), self.difference, self.state or "no text", self.note)


def _recipient(row: PreviewRow | DifferenceRow) -> tuple[str, ...]:
    """Return the cells under RECIPIENT_HEADINGS."""
    student, guardian = (row.student, row.student_name), (str(row.guardian), row.guardian_name)
    return (*student, row.lesson, *guardian, row.mobile)


def would_be_claimed_row(text: ExpectedText) -> PreviewRow:
    return PreviewRow(
        student=text.reference,
        student_name=text.student_name,
        lesson=clock_time(text.starts_at),
        guardian=text.guardian_id,
        guardian_name=text.guardian_name,
        mobile=masked(text.mobile),
    )


def not_sent_row(text: ExpectedText, row: Row | None, moment: CollegeTime) -> DifferenceRow:
    return DifferenceRow(
        student=text.reference,
        student_name=text.student_name,
        lesson=clock_time(text.starts_at),
        guardian=text.guardian_id,
        guardian_name=text.guardian_name,
        mobile=masked(text.mobile),
        difference="not sent",
        state=row["state"] if row else None,
        note=_why_not_sent(row, moment),
    )


def no_longer_expected_row(row: Row, instead: ExpectedText | None) -> DifferenceRow:
    starts_at = row["starts_at"]
    return DifferenceRow(
        student=printable(row["reference"]) or "gone",
        student_name=student_name(row),
        lesson=clock_time(starts_at, row["absence_date"]) if starts_at else "gone",
        guardian=row["guardian_id"],
        guardian_name=guardian_name(row),
        mobile=masked(row["mobile"]),
        difference="sent, and would not be sent now",
        state=row["state"],
        note=f"about the lesson at {clock_time(instead.starts_at)}" if instead else "no text",
    )


def _why_not_sent(row: Row | None, moment: CollegeTime) -> str:
    """Return when the text left, if that was after the moment, or else its reason."""
    if row and row["sent_at"]:
        return f"sent {clock_time(from_utc(row['sent_at'], moment.zone), moment.today)}"
    return row["reason"] or "" if row else ""
