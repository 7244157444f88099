"""Who is logged in, and which students they may report: one question to the database.

The college's tables may be views that hold a row twice. Rows that agree count as one. If rows of
one key differ, it is not known which is right, so the session or the student does not count.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from pymysql.cursors import Cursor

from absence_redirect.destination import LinkedStudent, Session
from absence_texts.criteria import condition
from absence_texts.database import Database
from absence_texts.reference import read_reference

# More than one text holds, and less than a redirect's header may be long.
_LONGEST_REFERENCE = 160
_LONGEST_NAME = 100


class SessionRow(NamedTuple):
    """A row of the query, in the order of its columns."""

    guardian_id: int | None
    """None if the session has ended."""
    guardian_is_active: int | None
    student_id: int | None
    reference: object
    """None unless the student is active and actively linked."""
    first_name: object = None
    last_name: object = None
    token_sha256: str | bytes = ""


def sessions_sql(source_schema: str | None, *, full: bool, last_names: bool = False) -> str:
    """Return the query: for each session that has one of the tokens, a row for each student.

    The guardian of a token has one row at least, without a student if none is linked:

        guardian_id  guardian_is_active  student_id  reference  first_name  last_name  token_sha256
        7            1                   21          STE1       Amira       Khan       177779d5…
        7            1                   22          NULL       Ben         Khan       177779d5…
        NULL         1                   21          STE1       Amira       Khan       c0ffee00…

    Ben's link is suspended, and the last session has ended. The last three columns are in the
    `full` query alone. A redirect needs none of them, unless the visitor sent several tokens, and
    each column makes it slower. `last_name` is NULL without `last_names`: a college may lack it.

    The criteria of the texts say which links and students are active, so that a guardian who got
    a text about a student can report that student's absence. Ended sessions and suspended links
    are read as well, because only then it shows that the view holds another row of the same key.
    The query sorts nothing: MySQL runs out of sort memory if a view's names are long texts.
    """
    last_name = f"LEFT(s.last_name, {_LONGEST_NAME})" if last_names else "NULL"
    more = f", LEFT(s.first_name, {_LONGEST_NAME}), {last_name}, p.token_sha256" if full else ""
    schema = f"`{source_schema}`." if source_schema else ""
    # A zero date plus 0 is 0 under every sql_mode; to compare it with '0000-00-00' may be refused.
    return f"""
SELECT
  IF(p.expires_at > %(now)s AND COALESCE(p.revoked_at + 0, 0) = 0, p.guardian_id, NULL),
  {condition("guardian_registered")},
  gs.student_id,
  IF({condition("link_active")} AND {condition("student_16_19")},
    LEFT(s.reference, {_LONGEST_REFERENCE + 1}), NULL){more}
FROM {schema}portal_sessions p
JOIN {schema}guardians g ON g.guardian_id = p.guardian_id
LEFT JOIN (
  {schema}guardian_students gs JOIN {schema}students s ON s.student_id = gs.student_id
) ON gs.guardian_id = g.guardian_id
WHERE p.token_sha256 IN %(sha256s)s"""  # noqa: S608 (no value of a request)


def find_session(
    database: Database, sql: str, sha256s: Collection[str], now: datetime
) -> Session | None:
    """Find the one session by its token's SHA-256, as of `now` on the college's wall clock."""
    parameters = {
        # A column may tell capitals apart, and a portal may write the digits A to F in capitals.
        "sha256s": [*sha256s, *(sha256.upper() for sha256 in sha256s)],
        # As text: a datetime takes PyMySQL as long as a tenth of `SELECT 1`.
        "now": now.isoformat(sep=" "),
    }
    # Plain tuples: this connection's dictionaries cost a redirect more.
    with database.cursor(Cursor) as cursor:
        cursor.execute(sql, parameters)
        return read_session([SessionRow(*row) for row in cursor.fetchall()])


def read_session(rows: Sequence[SessionRow]) -> Session | None:
    """Return the session, or None unless all sessions that have not ended are one guardian's."""
    guardian_ids = {row.guardian_id for row in rows}
    if len(guardian_ids) > 1:
        guardian_ids = _guardians(rows)
    guardian_id = guardian_ids.pop() if len(guardian_ids) == 1 else None
    if guardian_id is None:
        return None
    own = [row for row in rows if row.guardian_id == guardian_id]
    is_active = all(row.guardian_is_active for row in own)
    return Session(
        guardian_id=guardian_id,
        guardian_is_active=is_active,
        students=_students(own) if is_active else (),
    )


def _guardians(rows: Iterable[SessionRow]) -> set[int | None]:
    """Return the guardians of all tokens but those that have ended or have two guardians."""
    of_token: dict[str | bytes, set[int | None]] = {}
    for row in rows:
        of_token.setdefault(row.token_sha256.strip().lower(), set()).add(row.guardian_id)
    certain = [guardian_ids for guardian_ids in of_token.values() if len(guardian_ids) == 1]
    return set().union(*certain) - {None}


def _students(rows: Iterable[SessionRow]) -> tuple[LinkedStudent, ...]:
    """Return each student of whom all rows say the same, and whose reference no other has."""
    by_id: dict[int | None, LinkedStudent | None] = {}
    for row in rows:
        student = _student(row)
        by_id[row.student_id] = student if by_id.get(row.student_id, student) == student else None
    by_reference: dict[str, LinkedStudent | None] = {}
    for student in by_id.values():
        if student is not None:
            reference = student.reference.lower()
            by_reference[reference] = None if reference in by_reference else student
    return tuple([student for student in by_reference.values() if student is not None])


def _student(row: SessionRow) -> LinkedStudent | None:
    reference = read_reference(_text(row.reference))
    if not 1 <= len(reference) <= _LONGEST_REFERENCE:
        return None
    return LinkedStudent(
        reference=reference,
        first_name=_text(row.first_name).strip(),
        last_name=_text(row.last_name).strip(),
    )


def _text(held: object) -> str:
    """Read a column of any type: a college's view may offer bytes or a number."""
    if held is None:
        return ""
    return held.decode(errors="replace") if isinstance(held, bytes) else str(held)
