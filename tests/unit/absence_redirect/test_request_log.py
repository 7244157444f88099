"""What the log says about each request, and what it must not say."""

import json
from typing import Any

import pymysql
import pytest

from tests.support.link import TOKEN, follow, request, sha256
from tests.unit.absence_redirect.answers import ANSWERS, TWO, database_away, failing_with


def log_lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_reference_on_the_page_stands_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    page = failing_with(
        database_away(pymysql.OperationalError(1045, f"Access denied for {TOKEN}"))
    )["body"]
    failure, answered = log_lines(capsys)
    assert failure["reference"] in page
    assert (failure["level"], failure["error"]) == ("ERROR", "OperationalError")
    assert failure["code"] == "1045"
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
    assert '"request answered"' in logged
    for secret in (TOKEN, sha256(TOKEN), "First1", "STE0", "from=login", "gone away", "192.0.2.1"):
        assert secret not in logged
