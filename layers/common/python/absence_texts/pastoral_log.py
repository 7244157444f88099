"""The pastoral log that staff read: "recorded for each text sent"."""

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, execute
from absence_texts.identifiers import AbsenceTextId


def log_text_sent(database: Database, text_id: AbsenceTextId, moment: CollegeTime) -> None:
    """Add the text's log, with the words that its sender's claim stored.

    The table's unique key refuses a second log for the same text.
    """
    execute(
        database,
        """
INSERT INTO pastoral_logs
  (absence_text_id, student_id, guardian_id, lesson_id, entry, logged_at)
SELECT id, student_id, guardian_id, lesson_id,
  CONCAT('Text sent to guardian ', guardian_id, ': ', message), %(now)s
FROM absence_texts WHERE id = %(id)s""",
        {"id": text_id, "now": moment.utc},
    )
