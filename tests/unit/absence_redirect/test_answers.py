"""What goes back over HTTP, for every destination and for everything that can go wrong."""

import pymysql
import pytest

from absence_redirect.aws import AwsRefusalError
from absence_redirect.responses import Response
from tests.support.link import LINK, LOGIN_AND_BACK, SELECT, follow, record_page, request
from tests.unit.absence_redirect.answers import ANSWERS, SELECT_PATH, TWO, failing_with


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
