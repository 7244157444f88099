"""Counts the portal's sessions that open no page, because two rows of one session disagree."""

from collections.abc import Iterator

from absence_texts.clock import CollegeTime
from absence_texts.database import fetch_one
from absence_texts.wording import counted
from ops.context import CommandContext
from ops.doctor.finding import Finding


def check_sessions(context: CommandContext, now: CollegeTime) -> Iterator[Finding]:
    """Compare the rows of each token, because a view of the portal may hold a session twice.

    The link counts rows that agree as one. Of the tokens below, the second opens no page:

        token_sha256  guardian_id  expires_at
        177779d5…     7            23:00
        177779d5…     7            23:30
        c0ffee00…     7            23:00
        c0ffee00…     8            23:00
    """
    found = fetch_one(
        context.database,
        f"""
SELECT COUNT(*) AS tokens
FROM (
  SELECT session.token
  FROM (
    SELECT LOWER(TRIM(token_sha256)) AS token,
      IF(expires_at > %(now)s AND COALESCE(revoked_at + 0, 0) = 0, guardian_id, NULL) AS guardian_id
    FROM {context.source.table("portal_sessions")}
  ) session
  GROUP BY session.token
  HAVING COUNT(session.guardian_id) > 0
    AND (COUNT(DISTINCT session.guardian_id) > 1 OR COUNT(session.guardian_id) < COUNT(*))
) disagreeing""",
        {"now": now.wall_clock},
    )
    if found and found["tokens"]:
        sessions = counted(found["tokens"], "session")
        message = f"holds two rows that disagree for {sessions}: the link shows the login page."
        yield Finding("portal_sessions", message)
