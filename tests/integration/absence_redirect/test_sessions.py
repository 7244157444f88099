"""Who counts as logged in, and which students they see: on a real MariaDB."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from absence_redirect.destination import Session
from absence_redirect.sessions import find_session, sessions_sql
from absence_texts.database import Database, execute, fetch_one
from tests.college import College, wall_clock
from tests.link import TOKEN, sha256
from tests.portal_sessions import log_in

NOW = wall_clock("12:00")


def found(college: College, token: str = TOKEN, *, now: datetime = NOW) -> Session | None:
    return find_session(college.database, sessions_sql(None, with_names=True), sha256(token), now)


def references_for_the_link(college: College) -> list[str]:
    """Return what the link is told, which shows no name: references only, in any order."""
    sql = sessions_sql(None, with_names=False)
    session = find_session(college.database, sql, sha256(TOKEN), NOW)
    assert session is not None
    assert {student.first_name for student in session.students} <= {""}
    return sorted(student.reference for student in session.students)


def names_of(college: College) -> list[str]:
    session = found(college)
    assert session is not None
    return [student.first_name for student in session.students]


@pytest.mark.parametrize(
    ("expires", "revoked", "logged_in"),
    [
        ("12:01", None, True),
        ("2026-11-24 00:00", None, True),
        ("12:00", None, False),
        ("11:59", None, False),
        ("12:01", "11:00", False),
        ("12:01", "13:00", False),
    ],
)
def test_a_session_neither_expired_nor_revoked_is_logged_in(
    college: College, expires: str, revoked: str | None, *, logged_in: bool
) -> None:
    log_in(college, college.guardian(), expires=expires, revoked=revoked)
    assert (found(college) is not None) is logged_in


@pytest.mark.parametrize("token", ["", TOKEN.lower(), TOKEN[:-1], "' OR '1'='1", sha256(TOKEN)])
def test_any_other_token_is_not_logged_in(college: College, token: str) -> None:
    log_in(college, college.guardian())
    assert found(college, token) is None


def test_sessions_expire_by_the_colleges_wall_clock(college: College) -> None:
    log_in(college, college.guardian(), expires="2026-07-01 12:30")
    assert found(college, now=wall_clock("2026-07-01 12:29")) is not None
    assert found(college, now=wall_clock("2026-07-01 12:30")) is None


@pytest.mark.parametrize(
    ("link", "status", "is_seen"),
    [
        ("active", "C16", True),
        ("suspended", "C16", False),
        ("", "C16", False),
        ("active", "L16", False),
        ("active", "c16", False),
        ("active", "C1", False),
        ("active", "C160", False),
    ],
)
def test_an_active_student_actively_linked_is_seen(
    college: College, link: str, status: str, *, is_seen: bool
) -> None:
    guardian, student = college.guardian(), college.student(first_name="Amira", status=status)
    college.link(guardian, student, status=link)
    log_in(college, guardian)
    assert names_of(college) == (["Amira"] if is_seen else [])
    assert len(references_for_the_link(college)) == is_seen


def test_a_guardian_who_hides_full_attendance_may_still_report_an_absence(college: College) -> None:
    guardian = college.guardian()
    college.link(guardian, college.student(first_name="Amira"), hide_attendance=1)
    log_in(college, guardian)
    assert names_of(college) == ["Amira"]


def test_a_guardian_without_a_mobile_may_still_report_an_absence(college: College) -> None:
    guardian = college.guardian(mobile=None)
    college.link(guardian, college.student(first_name="Amira"))
    log_in(college, guardian)
    assert names_of(college) == ["Amira"]


def test_students_are_ordered_by_name_and_then_reference(college: College) -> None:
    guardian = college.guardian()
    portals = {"STE1": "Zoë", "STE2": "eve", "STE3": "Élodie", "STE5": "Amira", "STE4": "Amira"}
    for reference, name in portals.items():
        college.link(guardian, college.student(first_name=name, reference=reference))
    log_in(college, guardian)
    session = found(college)
    assert session is not None
    references = [student.reference for student in session.students]
    assert references == ["STE4", "STE5", "STE3", "STE2", "STE1"]


def test_another_familys_student_is_never_seen(college: College) -> None:
    college.student_with_guardian(first_name="Theirs")
    guardian = college.guardian()
    college.link(guardian, college.student(first_name="Ours"))
    log_in(college, guardian)
    assert names_of(college) == ["Ours"]
    assert len(references_for_the_link(college)) == 1


def test_a_suspended_account_sees_nobody(college: College) -> None:
    guardian = college.guardian(status="suspended")
    college.link(guardian, college.student())
    log_in(college, guardian)
    assert found(college) == Session(guardian_id=guardian, guardian_is_active=False, students=())


def test_the_session_is_its_guardians(college: College) -> None:
    other, guardian = college.guardian(), college.guardian()
    log_in(college, other, token="another")  # noqa: S106 (a test's cookie)
    log_in(college, guardian)
    assert found(college) == Session(guardian_id=guardian, guardian_is_active=True, students=())


def statements_so_far(database: Database) -> int:
    row = fetch_one(database, "SHOW SESSION STATUS LIKE 'Questions'", {})
    assert row is not None
    return int(row["Value"])


def test_session_and_students_are_one_question_to_the_database(college: College) -> None:
    before = statements_so_far(college.database)
    found(college)
    assert statements_so_far(college.database) - before - 1 == 1


def test_a_user_who_may_only_read_is_enough(college: College) -> None:
    guardian = college.guardian()
    log_in(college, guardian)
    execute(college.database, "SET SESSION TRANSACTION READ ONLY", {})
    assert found(college) is not None


@pytest.mark.parametrize("with_names", [True, False])
def test_the_query_finds_the_session_by_its_key_and_scans_no_table(
    college: College, *, with_names: bool
) -> None:
    guardian = college.guardian()
    log_in(college, guardian)
    for _ in range(50):
        college.student_with_guardian()
    college.link(guardian, college.student())
    with college.database.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN {sessions_sql(None, with_names=with_names)}",
            {"sha256": sha256(TOKEN), "now": NOW},
        )
        accesses = {row["table"]: row["type"] for row in cursor.fetchall()}
    assert accesses == {"p": "const", "g": "const", "gs": "ref", "s": "eq_ref"}


@contextmanager
def schema_of_views(college: College) -> Iterator[str]:
    """Map the college's tables with views, one of which has every link twice."""
    schema = "absence_texts_views"
    execute(college.database, f"CREATE DATABASE {schema}", {})
    try:
        for table in ("students", "guardians", "portal_sessions", "guardian_students"):
            select = f"SELECT * FROM `{college.schema}`.{table}"
            if table == "guardian_students":
                select += f" UNION ALL {select}"
            execute(college.database, f"CREATE VIEW {schema}.{table} AS {select}", {})
        yield schema
    finally:
        execute(college.database, f"DROP DATABASE {schema}", {})


def test_views_in_another_schema_may_stand_for_the_tables_and_show_a_student_once(
    college: College,
) -> None:
    guardian, student = college.guardian(), college.student(first_name="Amira")
    college.link(guardian, student)
    log_in(college, guardian)
    with schema_of_views(college) as schema:
        session = find_session(
            college.database, sessions_sql(schema, with_names=True), sha256(TOKEN), NOW
        )
    assert session is not None
    assert [student.first_name for student in session.students] == ["Amira"]
