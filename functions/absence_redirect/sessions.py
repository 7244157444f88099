"""Who is logged in, and which students they may report: one question to the database."""

from datetime import datetime

from absence_redirect.destination import Session, Student
from absence_texts.criteria import condition
from absence_texts.database import Database, fetch_all


def sessions_sql(source_schema: str | None) -> str:
    """Return the query: no row without a valid session, else one for each student, at least one.

    Which links and students count is what the criteria of the texts say, so a guardian who was
    texted about a student can report that student's absence.
    """
    schema = f"`{source_schema}`." if source_schema else ""
    return f"""
SELECT DISTINCT p.guardian_id, ({condition("guardian_registered")}) IS TRUE AS guardian_is_active,
  s.first_name, s.reference
FROM {schema}portal_sessions p
JOIN {schema}guardians g ON g.guardian_id = p.guardian_id
LEFT JOIN (
  {schema}guardian_students gs JOIN {schema}students s ON s.student_id = gs.student_id
) ON gs.guardian_id = g.guardian_id
  AND {condition("guardian_registered")}
  AND {condition("link_active")}
  AND {condition("student_16_19")}
WHERE p.token_sha256 = %(sha256)s AND p.expires_at > %(now)s AND p.revoked_at IS NULL
ORDER BY s.first_name, s.reference"""  # noqa: S608 (no value of a request)


def find_session(database: Database, sql: str, sha256: str, now: datetime) -> Session | None:
    """Find the session by its token's SHA-256, as of `now` on the college's wall clock."""
    rows = fetch_all(database, sql, {"sha256": sha256, "now": now})
    if not rows:
        return None
    students = tuple(
        Student(first_name=row["first_name"], reference=row["reference"])
        for row in rows
        if row["reference"] is not None
    )
    return Session(
        guardian_id=rows[0]["guardian_id"],
        guardian_is_active=bool(rows[0]["guardian_is_active"]),
        students=students,
    )
