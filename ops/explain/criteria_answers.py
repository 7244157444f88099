"""Why a guardian did or did not get a text: every criterion's answer, with the fact behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from absence_texts import criteria
from absence_texts.candidates import NO_TEXT, linked_guardians, parameters
from absence_texts.clock import CollegeTime
from absence_texts.criterion import Criterion
from absence_texts.database import Row, fetch_all
from absence_texts.identifiers import NO_GUARDIAN, GuardianId, LessonId, StudentId
from ops.context import CommandContext
from ops.explain.facts import columns, fact_of
from ops.explain.records import RecordKey


@dataclass(frozen=True)
class Answer:
    criterion: Criterion
    holds: bool
    fact: str

    @property
    def words(self) -> str:
        """Return the college's words for what holds, or ours for what does not."""
        return f"“{self.criterion.sentence}”" if self.holds else self.criterion.not_met


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """One lesson and one guardian."""

    lesson_id: LessonId
    guardian_id: GuardianId
    starts_at: datetime | None
    """None when the lesson is gone."""
    answers: tuple[Answer, ...] = ()
    gone: str = ""
    """Why the criteria have no answers."""

    @property
    def key(self) -> RecordKey:
        return self.lesson_id, self.guardian_id

    @property
    def first_failing(self) -> str | None:
        failing = (answer.criterion.name for answer in self.answers if not answer.holds)
        return next(failing, None)

    def holds(self, name: str) -> bool:
        return any(answer.criterion.name == name and answer.holds for answer in self.answers)


@dataclass(frozen=True)
class Explainer:
    """Explains one student's day, as the data stand now and as of a moment of that day."""

    context: CommandContext
    student_id: StudentId
    moment: CollegeTime

    def explanations(self) -> Iterator[Explanation]:
        """Yield one for each register mark and linked guardian, in the order of the day."""
        for row in self._rows(NO_TEXT):
            yield self._explanation(self._as_checked_again(row) or row)

    def _as_checked_again(self, row: Row) -> Row | None:
        """Answer as the check before sending does: a text is not its own obstacle."""
        if row["text_id"] is None or row["text_lesson_id"] != row["lesson_id"]:
            return None
        # A view may hold an `O` and another mark of one lesson.
        same = ("lesson_id", "guardian_id", "absent")
        rows = self._rows(row["text_id"])
        return next(other for other in rows if all(other[name] == row[name] for name in same))

    def _rows(self, text_id: int) -> tuple[Row, ...]:
        source, rules = self.context.source, self.context.settings.rules
        return fetch_all(
            self.context.database,
            f"""
SELECT m.lesson_id, gs.guardian_id, m.starts_at, t.id AS text_id, t.lesson_id AS text_lesson_id,
  {columns(source)},
  {criteria.verdicts(source)}
{linked_guardians(source, "m.student_id = %(student_id)s")}
ORDER BY m.starts_at, m.lesson_id, gs.guardian_id""",
            parameters(self.moment, rules, absence_text_id=text_id)
            # On a past day, a register of the next morning is late and no data problem.
            | {"student_id": self.student_id, "wall_clock": self.context.now.wall_clock},
        )

    def _explanation(self, row: Row) -> Explanation:
        return Explanation(
            lesson_id=row["lesson_id"],
            # A view may hold a link without a guardian.
            guardian_id=NO_GUARDIAN if row["guardian_id"] is None else row["guardian_id"],
            starts_at=row["starts_at"],
            answers=tuple(self._answers(row)),
        )

    def _answers(self, row: Row) -> Iterator[Answer]:
        for criterion in criteria.IN_ORDER:
            yield Answer(criterion, bool(row[criterion.name]), self._fact(criterion, row))

    def _fact(self, criterion: Criterion, row: Row) -> str:
        if criterion.can_be_asked_of(self.context.source):
            return fact_of(criterion, row)
        if criterion.setting:
            return f"the setting {criterion.setting} is not set"
        return f"the college has no {criterion.optional_columns[0]}"
