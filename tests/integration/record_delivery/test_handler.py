"""The handler, on CloudWatch Logs' event, with moto for the secret."""

import json
from collections.abc import Iterator

import pytest

from absence_texts.database import Credentials
from absence_texts.ledger import State
from tests.support.aws_account import aws_account
from tests.support.college import College
from tests.support.lambda_runtime import Context, Handler, a_cold_start
from tests.support.receipts import a_logs_event, a_receipt
from tests.support.runs import Phones, deliver, detect


@pytest.fixture
def handler(credentials: Credentials, monkeypatch: pytest.MonkeyPatch) -> Iterator[Handler]:
    with aws_account(credentials, monkeypatch):
        yield a_cold_start("record_delivery")


@pytest.fixture
def college(college: College) -> College:
    college.absence()
    detect(college)
    deliver(college, Phones())
    return college


def test_the_events_lines_are_recorded_and_counted(college: College, handler: Handler) -> None:
    event = a_logs_event(["no receipt", a_receipt()])
    assert handler(event, Context()) == {"malformed_receipts": 1, "receipts": 1, "delivered": 1}
    assert college.the_text()["state"] == State.DELIVERED


def test_no_number_is_logged_whatever_the_line(
    college: College, handler: Handler, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = a_receipt().replace("SUCCESS", "+447700900002")
    handler(a_logs_event([broken, a_receipt("foreign"), a_receipt()]), Context())
    logged = capsys.readouterr().out
    assert '"malformed_receipts":' in logged
    assert "900002" not in logged
    assert college.the_text()["state"] == State.DELIVERED


def test_metrics_count_each_outcome(
    college: College, handler: Handler, capsys: pytest.CaptureFixture[str]
) -> None:
    handler(a_logs_event([a_receipt(failed="What is this?")]), Context())
    assert college.the_text()["state"] == State.UNDELIVERED
    emitted = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    assert {"undelivered": [1.0], "new_reasons": [1.0]}.items() <= emitted[-1].items()
