"""Where the link leads, as the specification and the design say it."""

import ast
import sys
from itertools import product
from pathlib import Path

import pytest

from absence_redirect import destination
from absence_redirect.destination import (
    AccountSuspended,
    Continue,
    Destination,
    GoToSelect,
    LogIn,
    NobodyLinked,
    RecordAbsence,
    Select,
    Session,
    decide,
)
from tests.support.link import a_session, a_student

ONE = (a_student(1),)
TWO = (a_student(1), a_student(2))
THREE = (*TWO, a_student(3))
NOT_LOGGED_IN = None
SUSPENDED = a_session(*TWO, guardian_is_active=False)

LINK, SELECT = False, True
FROM_TEXT, FROM_LOGIN = False, True

TABLE: dict[tuple[Session | None, bool, bool], Destination] = {
    (NOT_LOGGED_IN, FROM_TEXT, LINK): LogIn(),
    (NOT_LOGGED_IN, FROM_TEXT, SELECT): LogIn(),
    (NOT_LOGGED_IN, FROM_LOGIN, LINK): Continue(),
    (NOT_LOGGED_IN, FROM_LOGIN, SELECT): Continue(),
    (SUSPENDED, FROM_TEXT, LINK): LogIn(),
    (SUSPENDED, FROM_TEXT, SELECT): LogIn(),
    (SUSPENDED, FROM_LOGIN, LINK): AccountSuspended(),
    (SUSPENDED, FROM_LOGIN, SELECT): AccountSuspended(),
    (a_session(), FROM_TEXT, LINK): NobodyLinked(),
    (a_session(), FROM_TEXT, SELECT): NobodyLinked(),
    (a_session(), FROM_LOGIN, LINK): NobodyLinked(),
    (a_session(), FROM_LOGIN, SELECT): NobodyLinked(),
    (a_session(*ONE), FROM_TEXT, LINK): RecordAbsence(*ONE),
    (a_session(*ONE), FROM_TEXT, SELECT): RecordAbsence(*ONE),
    (a_session(*ONE), FROM_LOGIN, LINK): RecordAbsence(*ONE),
    (a_session(*ONE), FROM_LOGIN, SELECT): RecordAbsence(*ONE),
    (a_session(*TWO), FROM_TEXT, LINK): GoToSelect(),
    (a_session(*TWO), FROM_TEXT, SELECT): Select(TWO),
    (a_session(*TWO), FROM_LOGIN, LINK): GoToSelect(),
    (a_session(*TWO), FROM_LOGIN, SELECT): Select(TWO),
    (a_session(*THREE), FROM_TEXT, LINK): GoToSelect(),
    (a_session(*THREE), FROM_TEXT, SELECT): Select(THREE),
    (a_session(*THREE), FROM_LOGIN, LINK): GoToSelect(),
    (a_session(*THREE), FROM_LOGIN, SELECT): Select(THREE),
}


def test_the_table_leaves_no_visit_out() -> None:
    sessions = {session for session, _, _ in TABLE}
    assert set(TABLE) == set(product(sessions, (FROM_TEXT, FROM_LOGIN), (LINK, SELECT)))


@pytest.mark.parametrize(("visit", "expected"), TABLE.items())
def test_each_visit_has_its_destination(
    visit: tuple[Session | None, bool, bool], expected: Destination
) -> None:
    session, from_login, selecting = visit
    assert decide(session, from_login=from_login, selecting=selecting) == expected


def test_the_decision_imports_the_standard_library_only() -> None:
    code = ast.parse(Path(destination.__file__).read_text())
    imports = [node for node in ast.walk(code) if isinstance(node, (ast.Import, ast.ImportFrom))]
    (only,) = imports
    assert isinstance(only, ast.ImportFrom)
    assert only.module in sys.stdlib_module_names
