"""The rows of `explain --csv` and `explain --json`: one for each criterion of each guardian."""

from collections.abc import Iterable, Iterator

from ops.explain.criteria_answers import Explanation
from ops.explain.family import Family
from ops.listing import ListedModel
from ops.people.students import StudentFound
from ops.tables import Cells

HEADINGS = (
    *("student", "student name", "lesson", "guardian", "guardian name", "recorded"),
    *("criterion", "holds", "fact", "words"),
)


class CriterionRow(ListedModel):
    """One criterion's answer for one lesson and one guardian of the student."""

    student: str
    """The student's reference."""
    student_name: str
    lesson: int
    """The lesson's id."""
    guardian: int
    """The guardian's id."""
    guardian_name: str
    recorded: str
    """What became of the text, or why there is none, as it was recorded."""
    criterion: str | None
    """None if the criteria have no answers any more; then `fact` says why."""
    holds: bool | None
    fact: str
    words: str
    """The college's words for the criterion, or ours if the criterion does not hold."""

    def cells(self) -> Cells:
        holds = {None: "", True: "yes", False: "no"}[self.holds]
        who = (str(self.guardian), self.guardian_name, self.recorded)
        student = (self.student, self.student_name, str(self.lesson))
        return (*student, *who, self.criterion or "", holds, self.fact, self.words)


def criterion_rows(
    student: StudentFound, family: Family, explanation: Explanation, recorded: Iterable[str]
) -> Iterator[CriterionRow]:
    common = CriterionRow(
        student=student.reference,
        student_name=student.name,
        lesson=explanation.lesson_id,
        guardian=explanation.guardian_id,
        guardian_name=family.names.get(explanation.guardian_id, ""),
        recorded="; ".join(recorded),
        criterion=None,
        holds=None,
        fact=explanation.gone,
        words="",
    )
    if not explanation.answers:
        yield common
    for answer in explanation.answers:
        yield common.model_copy(
            update={
                "criterion": answer.criterion.name,
                "holds": answer.holds,
                "fact": answer.fact,
                "words": answer.words,
            }
        )
