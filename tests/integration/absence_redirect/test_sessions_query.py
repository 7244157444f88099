"""The query for a session and its students: what it costs the portal's database, and asks of it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from absence_redirect.sessions import find_session, sessions_sql
from absence_texts.database import Database, execute, fetch_one
from tests.integration.absence_redirect.found_session import NOW, found
from tests.support.college import College
from tests.support.link import TOKEN, sha256
from tests.support.portal_sessions import log_in
from tests.support.query_plan import explain
from tests.support.schemas import scratch_schema


def statements_so_far(database: Database) -> int:
    row = fetch_one(database, "SHOW SESSION STATUS LIKE 'Questions'", {})
    assert row is not None
    return int(row["Value"])


@contextmanager
def schema_of_views(college: College) -> Iterator[str]:
    """Map the college's tables with views, one of which has every link twice."""
    with scratch_schema(college.database, "absence_texts_views") as schema:
        for table in ("students", "guardians", "portal_sessions", "guardian_students"):
            select = f"SELECT * FROM `{college.schema}`.{table}"
            if table == "guardian_students":
                select += f" UNION ALL {select}"
            execute(college.database, f"CREATE VIEW {schema}.{table} AS {select}", {})
        yield schema


def test_session_and_students_are_one_question_to_the_database(college: College) -> None:
    _, guardian = college.student_with_guardian()
    log_in(college, guardian)
    before = statements_so_far(college.database)
    session = found(college)
    # The one, and the asking for the count itself.
    assert statements_so_far(college.database) - before == 1 + 1
    assert session is not None
    assert len(session.students) == 1


def test_a_user_who_may_only_read_is_enough(college: College) -> None:
    guardian = college.guardian()
    log_in(college, guardian)
    execute(college.database, "SET SESSION TRANSACTION READ ONLY", {})
    assert found(college) is not None


@pytest.mark.parametrize(("full", "last_names"), [(True, True), (True, False), (False, False)])
def test_the_query_finds_the_session_by_its_key_and_scans_no_table(
    college: College, *, full: bool, last_names: bool
) -> None:
    guardian = college.guardian()
    log_in(college, guardian)
    for number in range(50):
        _, other = college.student_with_guardian()
        log_in(college, other, token=f"another{number}")
    college.link(guardian, college.student())
    plan = explain(
        college.database,
        sessions_sql(None, full=full, last_names=last_names),
        {"sha256s": [sha256(TOKEN), sha256(TOKEN).upper()], "now": NOW},
    )
    accesses = {row["table"]: row["type"] for row in plan}
    assert accesses == {"p": "range", "g": "eq_ref", "gs": "ref", "s": "eq_ref"}


def test_views_in_another_schema_may_stand_for_the_tables_and_show_a_student_once(
    college: College,
) -> None:
    guardian, student = college.guardian(), college.student(first_name="Amira")
    college.link(guardian, student)
    log_in(college, guardian)
    with schema_of_views(college) as schema:
        session = find_session(
            college.database, sessions_sql(schema, full=True), [sha256(TOKEN)], NOW
        )
    assert session is not None
    assert [student.first_name for student in session.students] == ["Amira"]
