"""The portal's sessions, and the few rows that its pages show."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta

from absence_texts.clock import Clock
from absence_texts.database import (
    Credentials,
    Database,
    Row,
    connect,
    execute,
    fetch_all,
    fetch_one,
)

_SESSION_LASTS = timedelta(minutes=30)
_GUARDIANS = """
SELECT g.guardian_id, g.name,
  COALESCE(GROUP_CONCAT(s.first_name, ' ', s.last_name, ' ', s.reference
    ORDER BY s.student_id SEPARATOR ', '), '') AS students
FROM guardians g
LEFT JOIN guardian_students gs ON gs.guardian_id = g.guardian_id
LEFT JOIN students s ON s.student_id = gs.student_id
GROUP BY g.guardian_id, g.name
ORDER BY g.name, g.guardian_id
"""
_NEW_SESSION = """
INSERT INTO portal_sessions (token_sha256, guardian_id, expires_at, revoked_at)
SELECT %(sha256)s, guardian_id, %(expires_at)s, NULL FROM guardians
WHERE guardian_id = %(guardian_id)s
"""
_GUARDIAN_OF_SESSION = """
SELECT guardian_id, name FROM portal_sessions JOIN guardians USING (guardian_id)
WHERE token_sha256 = %(sha256)s AND revoked_at IS NULL AND expires_at > %(now)s
"""
_END_SESSION = """
UPDATE portal_sessions SET revoked_at = %(now)s WHERE token_sha256 = %(sha256)s
"""
_LINKED_STUDENT = """
SELECT reference, first_name, last_name
FROM guardian_students JOIN students USING (student_id)
WHERE guardian_id = %(guardian_id)s AND reference = %(reference)s
  AND guardian_students.status = 'active'
"""


@dataclass(frozen=True)
class Sessions:
    credentials: Credentials
    clock: Clock

    def guardians(self) -> tuple[Row, ...]:
        """Return every guardian, with the names and references of the students linked to them."""
        with self._database() as database:
            return fetch_all(database, _GUARDIANS, {})

    def log_in(self, guardian_id: int) -> str | None:
        """Return the token of a new session, or None if there is no such guardian."""
        token = secrets.token_urlsafe(32)
        session = {
            "sha256": _sha256(token),
            "guardian_id": guardian_id,
            "expires_at": self.clock.now().wall_clock + _SESSION_LASTS,
        }
        with self._database() as database:
            return token if execute(database, _NEW_SESSION, session) else None

    def log_out(self, token: str) -> None:
        session = {"sha256": _sha256(token), "now": self.clock.now().wall_clock}
        with self._database() as database:
            execute(database, _END_SESSION, session)

    def guardian(self, token: str) -> Row | None:
        session = {"sha256": _sha256(token), "now": self.clock.now().wall_clock}
        with self._database() as database:
            return fetch_one(database, _GUARDIAN_OF_SESSION, session)

    def linked_student(self, guardian: Row, reference: str) -> Row | None:
        link = {"guardian_id": guardian["guardian_id"], "reference": reference}
        with self._database() as database:
            return fetch_one(database, _LINKED_STUDENT, link)

    @contextmanager
    def _database(self) -> Iterator[Database]:
        with closing(connect(self.credentials)) as database:
            yield database


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
