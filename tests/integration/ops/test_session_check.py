"""doctor counts the sessions whose rows disagree, as the link finds them."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from absence_redirect.sessions import find_session, sessions_sql
from absence_texts.database import Value, execute
from local.college.rows import insert_rows
from tests.integration.ops.conftest import CommandLine, cells
from tests.support.college import College, wall_clock
from tests.support.link import TOKEN, sha256


@pytest.fixture
def college(college: College) -> Iterator[College]:
    """Return a college whose sessions are a view, which may hold a token twice."""
    for statement in (
        "RENAME TABLE portal_sessions TO sessions_with_key",
        "CREATE TABLE sessions_of_view AS SELECT * FROM sessions_with_key WHERE FALSE",
        "CREATE VIEW portal_sessions AS SELECT * FROM sessions_of_view",
    ):
        execute(college.database, statement, {})
    yield college
    for statement in (
        "DROP VIEW portal_sessions",
        "DROP TABLE sessions_of_view",
        "RENAME TABLE sessions_with_key TO portal_sessions",
    ):
        execute(college.database, statement, {})


LIVE, ENDED = wall_clock("23:00"), wall_clock("09:00")


@pytest.mark.parametrize(
    ("expiries", "guardians", "disagree"),
    [
        ((LIVE, LIVE), ("own", "own"), False),
        ((LIVE, wall_clock("23:30")), ("own", "own"), False),
        ((LIVE, LIVE), ("own", "other"), True),
        ((LIVE, ENDED), ("own", "own"), True),
        ((ENDED, ENDED), ("own", "other"), False),
    ],
)
def test_doctor_names_a_session_that_the_link_does_not_take(
    college: College,
    ops: CommandLine,
    expiries: tuple[datetime, datetime],
    guardians: tuple[str, str],
    *,
    disagree: bool,
) -> None:
    ids = {"own": college.student_with_guardian()[1], "other": college.guardian()}
    rows: list[dict[str, Value]] = [
        {"token_sha256": sha256(TOKEN), "guardian_id": ids[whose], "expires_at": expires_at}
        for whose, expires_at in zip(guardians, expiries, strict=True)
    ]
    insert_rows(college.database, "portal_sessions", rows)
    sql = sessions_sql(None, full=False)
    found = find_session(college.database, sql, [sha256(TOKEN)], ops.now.wall_clock)
    faults = [where for sign, where, _ in cells(ops("doctor")) if sign == "✗"]
    assert faults == (["portal_sessions"] if disagree else [])
    assert (found is None) == (disagree or expiries == (ENDED, ENDED))
