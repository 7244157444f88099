"""Logs guardians in as the portal does: with a row of its sessions."""

from absence_texts.database import execute
from absence_texts.identifiers import GuardianId
from tests.support.college import College, wall_clock
from tests.support.link import TOKEN, sha256

_INSERT = """
INSERT INTO portal_sessions (token_sha256, guardian_id, expires_at, revoked_at)
VALUES (%(sha256)s, %(guardian)s, %(expires)s, %(revoked)s)
"""


def log_in(
    college: College,
    guardian: GuardianId,
    *,
    token: str = TOKEN,
    expires: str = "23:00",
    revoked: str | None = None,
) -> None:
    session = {
        "sha256": sha256(token),
        "guardian": guardian,
        "expires": wall_clock(expires),
        "revoked": wall_clock(revoked) if revoked else None,
    }
    execute(college.database, _INSERT, session)
