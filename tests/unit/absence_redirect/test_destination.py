"""Where the link leads, as the specification and the design say it."""

import ast
import sys
from itertools import product
from pathlib import Path

import pytest

from absence_redirect import destination
from absence_redirect.destination import (
    AccountSuspended,
    Arrival,
    Continue,
    Destination,
    GoToSelect,
    LogIn,
    NobodyLinked,
    NotRecognised,
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
FROM_TEXT, FROM_LOGIN, CONTINUED = Arrival.TEXT, Arrival.LOGIN, Arrival.CONTINUE

TABLE: dict[tuple[Session | None, Arrival, bool], Destination] = {
    (NOT_LOGGED_IN, FROM_TEXT, LINK): LogIn(),
    (NOT_LOGGED_IN, FROM_TEXT, SELECT): LogIn(),
    (NOT_LOGGED_IN, FROM_LOGIN, LINK): Continue(),
    (NOT_LOGGED_IN, FROM_LOGIN, SELECT): Continue(),
    (NOT_LOGGED_IN, CONTINUED, LINK): NotRecognised(),
    (NOT_LOGGED_IN, CONTINUED, SELECT): NotRecognised(),
    (SUSPENDED, FROM_TEXT, LINK): LogIn(),
    (SUSPENDED, FROM_TEXT, SELECT): LogIn(),
    (SUSPENDED, FROM_LOGIN, LINK): AccountSuspended(),
    (SUSPENDED, FROM_LOGIN, SELECT): AccountSuspended(),
    (SUSPENDED, CONTINUED, LINK): AccountSuspended(),
    (SUSPENDED, CONTINUED, SELECT): AccountSuspended(),
    (a_session(), FROM_TEXT, LINK): NobodyLinked(),
    (a_session(), FROM_TEXT, SELECT): NobodyLinked(),
    (a_session(), FROM_LOGIN, LINK): NobodyLinked(),
    (a_session(), FROM_LOGIN, SELECT): NobodyLinked(),
    (a_session(), CONTINUED, LINK): NobodyLinked(),
    (a_session(), CONTINUED, SELECT): NobodyLinked(),
    (a_session(*ONE), FROM_TEXT, LINK): RecordAbsence(*ONE),
    (a_session(*ONE), FROM_TEXT, SELECT): RecordAbsence(*ONE),
    (a_session(*ONE), FROM_LOGIN, LINK): RecordAbsence(*ONE),
    (a_session(*ONE), FROM_LOGIN, SELECT): RecordAbsence(*ONE),
    (a_session(*ONE), CONTINUED, LINK): RecordAbsence(*ONE),
    (a_session(*ONE), CONTINUED, SELECT): RecordAbsence(*ONE),
    (a_session(*TWO), FROM_TEXT, LINK): GoToSelect(),
    (a_session(*TWO), FROM_TEXT, SELECT): Select(TWO),
    (a_session(*TWO), FROM_LOGIN, LINK): GoToSelect(),
    (a_session(*TWO), FROM_LOGIN, SELECT): Select(TWO),
    (a_session(*TWO), CONTINUED, LINK): GoToSelect(),
    (a_session(*TWO), CONTINUED, SELECT): Select(TWO),
    (a_session(*THREE), FROM_TEXT, LINK): GoToSelect(),
    (a_session(*THREE), FROM_TEXT, SELECT): Select(THREE),
    (a_session(*THREE), FROM_LOGIN, LINK): GoToSelect(),
    (a_session(*THREE), FROM_LOGIN, SELECT): Select(THREE),
    (a_session(*THREE), CONTINUED, LINK): GoToSelect(),
    (a_session(*THREE), CONTINUED, SELECT): Select(THREE),
}


def test_the_table_leaves_no_visit_out() -> None:
    sessions = {session for session, _, _ in TABLE}
    assert set(TABLE) == set(product(sessions, Arrival, (LINK, SELECT)))


@pytest.mark.parametrize(("visit", "expected"), TABLE.items())
def test_each_visit_has_its_destination(
    visit: tuple[Session | None, Arrival, bool], expected: Destination
) -> None:
    session, arrival, selecting = visit
    assert decide(session, arrival=arrival, selecting=selecting) == expected


def test_the_decision_imports_the_standard_library_only() -> None:
    code = ast.parse(Path(destination.__file__).read_text())
    imports = [node for node in ast.walk(code) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert imports
    for each in imports:
        assert isinstance(each, ast.ImportFrom)
        assert each.module in sys.stdlib_module_names
