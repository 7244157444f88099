"""Who is logged in, and which students they may report: one question to the database."""

from datetime import datetime

from absence_redirect.destination import Session, Student
from absence_texts.criteria import condition
from absence_texts.database import Database, fetch_all


def sessions_sql(source_schema: str | None, *, with_names: bool) -> str:
    """Return the query: no row without a valid session, else one for each student, at least one.

    Which links and students count is what the criteria of the texts say, so a guardian who was
    texted about a student can report that student's absence. Names, and an order to show them in,
    are for the page that shows them: without, the question costs a sixth less.
    """
    name, order = (
        ("s.first_name, ", "ORDER BY s.first_name, s.reference") if with_names else ("", "")
    )
    schema = f"`{source_schema}`." if source_schema else ""
    return f"""
SELECT p.guardian_id, {condition("guardian_registered")} AS guardian_is_active, {name}s.reference
FROM {schema}portal_sessions p
JOIN {schema}guardians g ON g.guardian_id = p.guardian_id
LEFT JOIN (
  {schema}guardian_students gs JOIN {schema}students s ON s.student_id = gs.student_id
) ON gs.guardian_id = g.guardian_id
  AND {condition("link_active")}
  AND {condition("student_16_19")}
WHERE p.token_sha256 = %(sha256)s AND p.expires_at > %(now)s AND p.revoked_at IS NULL
{order}"""  # noqa: S608 (no value of a request)


def find_session(database: Database, sql: str, sha256: str, now: datetime) -> Session | None:
    """Find the session by its token's SHA-256, as of `now` on the college's wall clock."""
    # As text: a datetime takes PyMySQL as long as a tenth of `SELECT 1`.
    rows = fetch_all(database, sql, {"sha256": sha256, "now": now.isoformat(sep=" ")})
    if not rows:
        return None
    is_active = bool(rows[0]["guardian_is_active"])
    students = (
        Student(reference=row["reference"], first_name=row.get("first_name") or "")
        for row in rows
        if is_active and row["reference"] is not None
    )
    return Session(
        guardian_id=rows[0]["guardian_id"],
        guardian_is_active=is_active,
        # A college's view may hold a link twice.
        students=tuple(dict.fromkeys(students)),
    )
