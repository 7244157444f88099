"""What goes back over HTTP, for every destination and for everything that can go wrong."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pymysql
import pytest

from absence_redirect.aws import AwsRefusalError
from absence_redirect.destination import Session
from absence_redirect.link import Link
from absence_redirect.pages import Pages
from absence_redirect.responses import Response
from tests.link import (
    LINK,
    LOGIN_AND_BACK,
    SELECT,
    TOKEN,
    a_session,
    a_student,
    follow,
    link_settings,
    record_page,
    request,
    sha256,
)

SELECT_PATH = "/recordabsencelink.aspx/select"
TWO = a_session(a_student(1), a_student(2))


def failing_with(error: Exception) -> Response:
    def find(_sha256: str, _now: datetime, **_asked: bool) -> Session | None:
        raise error

    return Link(link_settings(), Pages(link_settings()), find).answer(request(), "a-request")


ANSWERS: dict[str, Callable[[], Response]] = {
    "login": lambda: follow(request(cookies=[])),
    "one student": lambda: follow(request(), a_session(a_student())),
    "several students": lambda: follow(request(), TWO),
    "select": lambda: follow(request(SELECT_PATH), TWO),
    "nobody linked": lambda: follow(request(), a_session()),
    "continue": lambda: follow(request(cookies=[], query="from=login")),
    "suspended": lambda: follow(request(query="from=login"), a_session(guardian_is_active=False)),
    "unknown path": lambda: follow(request("/elsewhere")),
    "wrong method": lambda: follow(request(method="POST")),
    "database away": lambda: failing_with(pymysql.OperationalError(2006, "gone away")),
    "a bug": lambda: failing_with(KeyError("reference")),
}


@pytest.mark.parametrize(
    ("answer", "address"),
    [
        ("login", LOGIN_AND_BACK),
        ("one student", record_page("STE00000001")),
        ("several students", SELECT),
    ],
)
def test_a_redirect_leads_to_the_settings_address(answer: str, address: str) -> None:
    response = ANSWERS[answer]()
    assert response["statusCode"] == 302
    assert response["headers"]["Location"] == address
    assert response["body"] == ""


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        ("select", 200, "Who are you reporting an absence for?"),
        ("nobody linked", 200, "No student is linked to your account"),
        ("continue", 200, "One more step"),
        ("suspended", 200, "Your account is suspended"),
        ("unknown path", 404, "There is no such page"),
        ("wrong method", 405, "That did not work"),
        ("database away", 503, "Sorry, please try again in a few minutes"),
        ("a bug", 500, "Sorry, please try again in a few minutes"),
    ],
)
def test_everything_else_is_a_page_with_the_number_to_ring(
    answer: str, status: int, words: str
) -> None:
    response = ANSWERS[answer]()
    assert response["statusCode"] == status
    assert f"<h1>{words}</h1>" in response["body"]
    assert "01632 960000" in response["body"]
    assert "Location" not in response["headers"]


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_carries_the_security_headers(answer: str) -> None:
    headers = ANSWERS[answer]()["headers"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("answer", ["database away", "a bug"])
def test_a_failure_says_when_to_try_again(answer: str) -> None:
    assert int(ANSWERS[answer]()["headers"]["Retry-After"]) > 0


def test_a_wrong_method_is_told_the_right_ones() -> None:
    assert ANSWERS["wrong method"]()["headers"]["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/recordabsencelink.aspx", SELECT_PATH, "/elsewhere"])
def test_head_is_get_without_the_body(path: str) -> None:
    get, head = (follow(request(path, method=method), TWO) for method in ("GET", "HEAD"))
    assert head == Response(statusCode=get["statusCode"], headers=get["headers"], body="")


def test_login_is_never_asked_for_twice_in_a_row() -> None:
    first = follow(request(cookies=[]))
    _, _, back = first["headers"]["Location"].partition("?ReturnUrl=")
    assert back.endswith("%3Ffrom%3Dlogin")
    again = follow(request(cookies=[], query="from=login"))
    assert again["statusCode"] == 200
    assert f'<a class="button" href="{LINK}">Continue</a>' in again["body"]


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        ConnectionRefusedError(111, "refused"),
        pymysql.InterfaceError(0, ""),
        AwsRefusalError("AccessDeniedException"),
    ],
)
def test_whatever_keeps_the_database_away_is_a_503(error: Exception) -> None:
    assert failing_with(error)["statusCode"] == 503


def test_an_event_that_is_no_request_has_its_page_too() -> None:
    assert follow({})["statusCode"] == 500


def log_lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_reference_on_the_page_stands_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    page = failing_with(pymysql.OperationalError(1045, f"Access denied for {TOKEN}"))["body"]
    failure, answered = log_lines(capsys)
    assert failure["reference"] in page
    assert (failure["level"], failure["error"]) == ("ERROR", "OperationalError")
    assert failure["code"] == "1045"
    assert failure["where"].startswith("failing_with.<locals>.find:")
    assert (answered["message"], answered["status"]) == ("request answered", 503)


def test_the_log_tells_where_whose_request_led(capsys: pytest.CaptureFixture[str]) -> None:
    follow(request(), TWO)
    (line,) = log_lines(capsys)
    assert line["route"] == "link"
    assert line["destination"] == "GoToSelect"
    assert line["guardian_id"] == 7
    assert line["function_request_id"] == "a-request"


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_log_line_holds_a_name_a_cookie_a_query_or_an_error_message(
    answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ANSWERS[answer]()
    logged = capsys.readouterr().out
    for secret in (TOKEN, sha256(TOKEN), "First1", "STE0", "from=login", "gone away", "192.0.2.1"):
        assert secret not in logged


@pytest.mark.parametrize(("path", "asked"), [("/a", False), (SELECT_PATH, True)])
def test_names_are_asked_for_only_where_they_are_shown(path: str, *, asked: bool) -> None:
    def find(_sha256: str, _now: datetime, *, with_names: bool) -> Session | None:
        assert with_names is asked
        return TWO

    link = Link(link_settings(), Pages(link_settings()), find)
    assert link.answer(request(path), "a-request")["statusCode"] < 400


def test_each_request_is_judged_at_its_own_moment() -> None:
    moments: list[datetime] = []

    def find(_sha256: str, now: datetime, **_asked: bool) -> Session | None:
        moments.append(now)
        return None

    link = Link(link_settings(), Pages(link_settings()), find)
    for _ in range(2):
        link.answer(request(), "a-request")
    first, second = moments
    assert first < second
