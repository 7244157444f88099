"""Every destination of the link, and everything that can go wrong on the way there."""

from collections.abc import Callable, Collection
from datetime import datetime

import pymysql

from absence_redirect.destination import Session
from absence_redirect.link import Link
from absence_redirect.lookup import DatabaseAwayError
from absence_redirect.pages import Pages
from absence_redirect.responses import Response
from tests.support.link import a_session, a_student, follow, link_settings, request

SELECT_PATH = "/recordabsencelink.aspx/select"
TWO = a_session(a_student(1), a_student(2))


def database_away(cause: Exception) -> DatabaseAwayError:
    error = DatabaseAwayError()
    error.__cause__ = cause
    return error


def failing_with(error: Exception) -> Response:
    def find(_sha256s: Collection[str], _now: datetime, **_asked: bool) -> Session | None:
        raise error

    return Link(link_settings(), Pages(link_settings()), find).answer(request(), "a-request")


ANSWERS: dict[str, Callable[[], Response]] = {
    "login": lambda: follow(request(cookies=[])),
    "one student": lambda: follow(request(), a_session(a_student())),
    "several students": lambda: follow(request(), TWO),
    "select": lambda: follow(request(SELECT_PATH), TWO),
    "nobody linked": lambda: follow(request(), a_session()),
    "continue": lambda: follow(request(cookies=[], query="from=login")),
    "not recognised": lambda: follow(request(cookies=[], query="from=continue")),
    "suspended": lambda: follow(request(query="from=login"), a_session(guardian_is_active=False)),
    "unknown path": lambda: follow(request("/elsewhere")),
    "wrong method": lambda: follow(request(method="POST")),
    "database away": lambda: failing_with(
        database_away(pymysql.OperationalError(2006, "gone away"))
    ),
    "a bug": lambda: failing_with(KeyError("reference")),
}
