"""Two children of one first name: the last name is read if the college's table has it."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict

import pytest

from absence_redirect.lookup import SessionLookup
from absence_texts.database import Credentials, Database, connect, execute
from local.loopback import HOST
from tests.integration.ops.conftest import CommandLine
from tests.support.college import College, wall_clock
from tests.support.database_users import database_users
from tests.support.link import TOKEN, link_settings, sha256
from tests.support.portal_sessions import log_in
from tests.support.schemas import scratch_schema
from tests.support.statements import recorded

SCHEMA = "absence_texts_of_few_columns"
USER = "absence_redirect"


@pytest.fixture
def family(college: College) -> College:
    """Log in a guardian of two students of one first name."""
    guardian = college.guardian()
    for last_name in ("Khan", "Shah"):
        student = college.student(first_name="Amira", last_name=last_name)
        college.link(guardian, student)
    log_in(college, guardian)
    return college


@pytest.fixture
def without_last_names(family: College) -> Iterator[str]:
    """Offer the family's rows as views of a college that has no last names."""
    with scratch_schema(family.database, SCHEMA):
        for table in ("students", "guardians", "guardian_students", "portal_sessions"):
            select = f"SELECT * FROM `{family.schema}`.{table}"
            if table == "students":
                select = select.replace("*", "student_id, reference, first_name, status")
            execute(family.database, f"CREATE VIEW {SCHEMA}.{table} AS {select}", {})
        yield SCHEMA


def last_names(lookup: SessionLookup) -> set[str]:
    session = lookup.find([sha256(TOKEN)], wall_clock("12:00"), with_names=True)
    assert session is not None
    assert [student.first_name for student in session.students] == ["Amira", "Amira"]
    return {student.last_name for student in session.students}


def a_lookup(credentials: Credentials, database: Database, **settings: str) -> SessionLookup:
    """Return a lookup that asks over this connection."""
    return SessionLookup(
        link_settings(**settings),
        lambda: json.dumps(asdict(credentials)),
        connect=lambda *_, **__: database,
    )


@pytest.mark.usefixtures("family")
def test_the_last_names_are_read(credentials: Credentials, database: Database) -> None:
    assert last_names(a_lookup(credentials, database)) == {"Khan", "Shah"}


def test_a_college_without_last_names_is_asked_for_them_once(
    credentials: Credentials, database: Database, without_last_names: str
) -> None:
    lookup = a_lookup(credentials, database, SOURCE_SCHEMA=without_last_names)
    with recorded(database) as statements:
        for _ in range(3):
            assert last_names(lookup) == {""}
    assert ["s.last_name" in each for each in statements] == [True, False, False, False]


@pytest.mark.usefixtures("family")
def test_a_user_without_the_right_to_last_names_finds_the_students(
    credentials: Credentials, database: Database
) -> None:
    with database_users(database, credentials) as logins:
        execute(database, f"REVOKE SELECT (last_name) ON students FROM '{USER}'@'{HOST}'", {})
        with closing(connect(logins[USER])) as own:
            assert last_names(a_lookup(credentials, own)) == {""}


def test_the_right_to_a_column_that_the_college_lacks_is_not_printed(
    database: Database, without_last_names: str
) -> None:
    ops = CommandLine(database)
    ops.settings["source_schema"] = without_last_names
    of_students = [line for line in ops("grants").splitlines() if "first_name" in line]
    assert of_students
    assert not [line for line in of_students if "last_name" in line]
    del ops.settings["source_schema"]
    assert "first_name, last_name" in ops("grants")
