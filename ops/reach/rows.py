"""The rows that `reach` lists."""

from collections import Counter
from collections.abc import Iterator

from ops.listing import ListedModel
from ops.masking import masked
from ops.people.names import guardian_name, printable, student_name
from ops.reach.steps import STEPS
from ops.reach.students import StudentReach
from ops.tables import Cells

MEND_HEADINGS = (
    *("student", "student name", "guardian", "guardian name", "mobile", "stops at", "why"),
)
STEP_HEADINGS = ("step", "students", "lost", "what it asks")


class MendRow(ListedModel):
    """One guardian of a student about whom nobody could be texted."""

    student: str
    """The student's reference."""
    student_name: str
    guardian: int | None
    """The guardian's id. None if no guardian is linked to the student."""
    guardian_name: str
    mobile: str
    """The last digits of the number on the portal, or `none`."""
    stops_at: str | None
    """The first step that the guardian does not pass."""
    why: str
    """Why, in words."""

    def cells(self) -> Cells:
        guardian = "none" if self.guardian is None else str(self.guardian)
        student = (self.student, self.student_name)
        return (*student, guardian, self.guardian_name, self.mobile, self.stops_at or "", self.why)


class StepRow(ListedModel):
    """How many students pass a step with at least one guardian."""

    step: str
    students: int
    lost: int
    """How many pass the step before and not this one."""
    words: str
    """What the step asks."""

    def cells(self) -> Cells:
        return self.step, f"{self.students:,}", f"{self.lost:,}", self.words


def mend_rows(student: StudentReach) -> Iterator[MendRow]:
    for row, far in student.guardians:
        yield MendRow(
            student=printable(row["reference"]),
            student_name=student_name(row),
            guardian=row["guardian_id"],
            guardian_name=guardian_name(row),
            mobile=masked(row["mobile"]),
            stops_at=far.stops_at,
            why=far.why,
        )


def step_rows(counts: Counter[str]) -> Iterator[StepRow]:
    before = counts[next(iter(STEPS))]
    for step, words in STEPS.items():
        yield StepRow(step=step, students=counts[step], lost=before - counts[step], words=words)
        before = counts[step]
