"""The pastoral log that staff read: "recorded for each text sent"."""

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, execute
from send_sms.claimed_text import ClaimedText


def log_text_sent(database: Database, text: ClaimedText, message: str, moment: CollegeTime) -> None:
    """Add the text's log; a second one for the same text is refused by its unique key."""
    execute(
        database,
        """
INSERT INTO pastoral_logs
  (absence_text_id, student_id, guardian_id, lesson_id, entry, logged_at)
VALUES
  (%(absence_text_id)s, %(student_id)s, %(guardian_id)s, %(lesson_id)s, %(entry)s, %(now)s)""",
        {
            "absence_text_id": text.id,
            "student_id": text.student_id,
            "guardian_id": text.guardian_id,
            "lesson_id": text.lesson_id,
            "entry": f"Text sent to guardian {text.guardian_id}: {message}",
            "now": moment.utc,
        },
    )
