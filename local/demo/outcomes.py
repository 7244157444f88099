"""What became of the day's absences, read from the database as staff would read it."""

from dataclasses import dataclass

from absence_texts import criteria
from absence_texts.candidates import linked_guardians, parameters
from absence_texts.clock import CollegeTime
from absence_texts.database import Database, execute, fetch_all
from absence_texts.settings import MessageSettings
from absence_texts.source import find_source
from local.college.sample_day import SampleDay

_SETTINGS = MessageSettings(stage="local")
_SENTENCES = {row.name: row.sentence for row in criteria.IN_ORDER}


@dataclass(frozen=True)
class PastoralLog:
    student: str
    guardian: str
    provider_message_id: str
    entry: str


@dataclass(frozen=True)
class NotTexted:
    """A guardian who got no text about a mark, and the first criterion that failed."""

    student: str
    guardian: str
    lesson: str
    criterion: str

    @property
    def sentence(self) -> str:
        return _SENTENCES[self.criterion]


def expected_messages(plan: SampleDay) -> set[tuple[str, str]]:
    """Return each guardian's mobile, in E.164, with the message that should reach it."""
    return {
        (
            plan.college.mobile(text.guardian),
            _SETTINGS.message(
                reference=plan.college.reference(text.student),
                starts_at=plan.college.starts_at(text.lesson),
            ),
        )
        for text in plan.texts
    }


def pastoral_logs(database: Database) -> dict[str, PastoralLog]:
    """Return the day's logs by the provider's message id."""
    rows = fetch_all(
        database,
        """
SELECT CONCAT(s.first_name, ' ', s.last_name) AS student, g.name AS guardian,
  t.provider_message_id, log.entry
FROM pastoral_logs log
JOIN absence_texts t ON t.id = log.absence_text_id
JOIN students s ON s.student_id = log.student_id
JOIN guardians g ON g.guardian_id = log.guardian_id""",
        {},
    )
    return {row["provider_message_id"]: PastoralLog(**row) for row in rows}


def has_been_decided(database: Database, criterion: str) -> bool:
    """Say whether a run has recorded this criterion as anyone's reason."""
    sql = "SELECT 1 FROM absence_decisions WHERE criterion = %(criterion)s LIMIT 1"
    return bool(fetch_all(database, sql, {"criterion": criterion}))


def not_texted(database: Database, moment: CollegeTime) -> list[NotTexted]:
    """Return why no text was sent about each mark other than present, by guardian."""
    source = find_source(database, None)
    rows = fetch_all(
        database,
        f"""
SELECT CONCAT(s.first_name, ' ', s.last_name) AS student, COALESCE(g.name, 'none') AS guardian,
  CONCAT(l.title, TIME_FORMAT(m.starts_at, ' %%H:%%i')) AS lesson,
  {criteria.first_failing(source)} AS criterion
{linked_guardians(source, "m.mark <> '/'", or_none=True)}
JOIN lessons l ON l.lesson_id = m.lesson_id
WHERE t.id IS NULL OR t.lesson_id <> m.lesson_id
HAVING criterion IS NOT NULL
ORDER BY criterion, m.student_id""",
        parameters(moment, _SETTINGS.rules),
    )
    return [NotTexted(**row) for row in rows]


def correct_mark(database: Database, plan: SampleDay) -> str:
    """Correct the mark of a student who was there after all; return the student's name."""
    student, lesson = plan.corrected
    execute(
        database,
        "UPDATE register_marks SET mark = '/' WHERE student_id = %(student)s"
        " AND lesson_id = %(lesson)s",
        {"student": student, "lesson": lesson},
    )
    return plan.college.student_name(student)
