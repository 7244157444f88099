"""What goes back over HTTP, for every destination and for everything that can go wrong."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from absence_redirect.responses import Response
from tests.support.link import LINK, LOGIN_AND_BACK, SELECT, follow, record_page, request
from tests.unit.absence_redirect.answers import ANSWERS, SELECT_PATH, TWO


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
    ("answer", "status"),
    [
        ("select", 200),
        ("nobody linked", 200),
        ("continue", 200),
        ("not recognised", 200),
        ("suspended", 200),
        ("unknown path", 404),
        ("wrong method", 405),
        ("database away", 503),
        ("a bug", 500),
    ],
)
def test_everything_else_is_a_page_with_the_number_to_ring(answer: str, status: int) -> None:
    response = ANSWERS[answer]()
    assert response["statusCode"] == status
    assert 'href="tel:01632960000">Ring 01632 960000</a>' in response["body"]
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


def test_login_is_never_asked_for_twice_in_a_row_and_continue_is_shown_once() -> None:
    first = follow(request(cookies=[]))
    back = parse_qs(urlsplit(first["headers"]["Location"]).query)["ReturnUrl"][0]
    from_login = follow(request(cookies=[], query=urlsplit(back).query))
    (onwards,) = re.findall(f'href="{LINK}[?](.+?)">Continue', from_login["body"])
    continued = follow(request(cookies=[], query=onwards))
    assert [from_login["statusCode"], continued["statusCode"]] == [200, 200]
    assert "Continue</a>" not in continued["body"]


def test_an_event_that_is_no_request_has_its_page_too() -> None:
    assert follow({})["statusCode"] == 500
