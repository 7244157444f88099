"""Logs guardians in as the portal does, with a row in `portal_sessions`."""

from absence_texts.identifiers import GuardianId
from db.source.portal_session import Session
from local.college.rows import insert
from tests.support.college import College, wall_clock
from tests.support.link import TOKEN, sha256


def log_in(
    college: College,
    guardian: GuardianId,
    *,
    token: str = TOKEN,
    expires: str = "23:00",
    revoked: str | None = None,
) -> None:
    times = (wall_clock(expires), wall_clock(revoked) if revoked else None)
    insert(college.database, [Session(sha256(token), guardian, *times)])
