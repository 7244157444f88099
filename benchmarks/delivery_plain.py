"""The same work as most services do it: read the row, send, then record.

It is the floor, not a model: a crash in between sends twice, and nothing is checked again.
"""

from collections.abc import Callable

from absence_texts.database import Database, execute, fetch_one
from absence_texts.identifiers import AbsenceTextId
from send_sms.sms import Publisher
from tests.support.college import at

_READ = """
SELECT s.reference, g.mobile, lesson.starts_at
FROM absence_texts t
JOIN students s ON s.student_id = t.student_id
JOIN guardians g ON g.guardian_id = t.guardian_id
JOIN lessons lesson ON lesson.lesson_id = t.lesson_id
WHERE t.id = %(id)s AND t.state = 'queued'"""
_SENT = """
UPDATE absence_texts SET state = 'sent', sent_at = %(now)s, provider_message_id = %(message_id)s
WHERE id = %(id)s"""
_LOG = """
INSERT INTO pastoral_logs (absence_text_id, student_id, guardian_id, lesson_id, entry, logged_at)
SELECT id, student_id, guardian_id, lesson_id, %(message)s, %(now)s
FROM absence_texts WHERE id = %(id)s"""


def send_plainly(database: Database, sms: Publisher) -> Callable[[AbsenceTextId], object]:
    now = at("11:31")

    def send(text_id: AbsenceTextId) -> None:
        text = fetch_one(database, _READ, {"id": text_id})
        if text is None:
            return
        message = (
            f"Student {text['reference']} did not attend their lesson today at"
            f" {text['starts_at']:%H:%M}. If this is a genuine absence, please notify us here:"
            " https://tinyurl.com/runabs"
        )
        message_id = sms.publish("+44" + text["mobile"].replace(" ", "")[1:], message)
        execute(database, _SENT, {"id": text_id, "message_id": message_id, "now": now.utc})
        execute(database, _LOG, {"id": text_id, "message": message, "now": now.utc})

    return send
