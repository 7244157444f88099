"""What alarms and dashboard look at is what the functions count, to the letter.

The real handlers run on a real MariaDB, and their output is read as CloudWatch reads it.
"""

import importlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import boto3
import pytest
from aws_lambda_powertools.utilities import parameters
from moto import mock_aws

from absence_texts.database import Credentials, Database
from absence_texts.ledger import State
from infra.stage_values import LIVE
from local.college_clock import offset_to
from local.running_stack import COLLEGE_ZONE
from tests.college import College
from tests.infra.synthesized import Synthesized, synthesize
from tests.integration.test_handlers import Context, an_sqs_event
from tests.receipts import a_logs_event, a_receipt
from tests.runs import COMMON

type Metric = tuple[str, str, frozenset[tuple[str, str]]]
"""Namespace, name and dimensions."""
type Schema = tuple[str, str, str, frozenset[str]]
"""Namespace, name, service and the names of the dimensions: what a search asks for."""

_SWITCH = COMMON["sending_parameter"]


class _HangUp(BaseHTTPRequestHandler):
    """Takes a text and says nothing: whether it was sent, nobody knows."""

    def do_POST(self) -> None:
        self.close_connection = True


@contextmanager
def _sns_that_hangs_up() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _HangUp) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    return synthesize(LIVE, tmp_path_factory.mktemp("assembly"))


@pytest.fixture
def account(
    live: Synthesized, credentials: Credentials, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    deployed = live.function("send_sms")["Environment"]["Variables"]
    with mock_aws():
        secret = {name: getattr(credentials, name) for name in Credentials.__annotations__}
        boto3.client("secretsmanager").create_secret(
            Name=COMMON["database_secret_id"], SecretString=json.dumps(secret)
        )
        _switch("on")
        variables = {name.upper(): value for name, value in COMMON.items()} | {
            "POWERTOOLS_METRICS_NAMESPACE": deployed["POWERTOOLS_METRICS_NAMESPACE"],
            "CLOCK_OFFSET_SECONDS": f"{offset_to(time(11, 40)).total_seconds():.0f}",
            "QUEUE_URL": boto3.client("sqs").create_queue(QueueName="jobs")["QueueUrl"],
            "SENDER_ID": "College",
            "ACCEPT_FICTIONAL_MOBILES": "true",
        }
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        yield


def _switch(value: str) -> None:
    ssm = boto3.client("ssm")
    ssm.put_parameter(Name=_SWITCH, Value=value, Type="String", Overwrite=True)
    parameters.clear_caches()  # type: ignore[no-untyped-call]  # Powertools left it untyped


def _handler(package: str) -> Callable[[dict[str, Any], Context], object]:
    module = importlib.reload(importlib.import_module(f"{package}.handler"))
    handler: Callable[[dict[str, Any], Context], object] = module.handler
    return handler


def _send(*bodies: str) -> None:
    _handler("send_sms")(an_sqs_event(list(bodies)), Context())


def _play_a_day(college: College, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a text come to every end there is."""
    for _ in range(6):
        college.absence()
    sent, failed, cancelled, in_doubt, outside, too_many = _guardians(college)
    college.change("guardians", f"guardian_id = {failed}", mobile="01234 567890")
    _handler("detect_absences")({}, Context())
    college.change("guardians", f"guardian_id = {cancelled}", mobile="")
    jobs = {
        text["guardian_id"]: json.dumps({"absence_text_id": text["id"]}) for text in college.texts()
    }
    _switch("paused")
    _send(jobs[sent])
    _switch("on")
    _send(jobs[sent], jobs[sent], jobs[failed], jobs[cancelled], "no job")
    with _sns_that_hangs_up() as address, monkeypatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL_SNS", address)
        _send(jobs[in_doubt])
    for guardian, name, value in (
        (outside, "PILOT_STUDENTS", "STE00000000"),
        (too_many, "TEXTS_PER_DAY", "1"),
    ):
        with monkeypatch.context() as environment:
            environment.setenv(name, value)
            _send(jobs[guardian])
    assert {text["state"] for text in college.texts()} == {
        State.SENT,
        State.FAILED,
        State.CANCELLED,
        State.IN_DOUBT,
        State.WOULD_SEND,
    }
    _record_receipts(college)


def _guardians(college: College) -> list[int]:
    found = college.database.cursor()
    found.execute("SELECT guardian_id FROM guardians ORDER BY guardian_id")
    return [row["guardian_id"] for row in found.fetchall()]


def _record_receipts(college: College) -> None:
    (sent,) = (text for text in college.texts() if text["state"] == State.SENT)
    (doubted,) = (text for text in college.texts() if text["state"] == State.IN_DOUBT)
    mobile = f"+447700900{doubted['guardian_id']:03d}"
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"[:-3]
    lines = [
        a_receipt(sent["sns_message_id"], failed="Phone is currently unreachable/unavailable"),
        a_receipt("of-no-text", failed="Words that carriers never used"),
        a_receipt("settles-it", published=now, mobile=mobile),
        "no receipt",
    ]
    _handler("record_delivery")(a_logs_event(lines), Context())


def _emitted(output: str) -> set[Metric]:
    lines = (json.loads(line) for line in output.splitlines() if '"_aws"' in line)
    return {
        (
            directive["Namespace"],
            metric["Name"],
            frozenset((name, line[name]) for name in dimensions),
        )
        for line in lines
        for directive in line["_aws"]["CloudWatchMetrics"]
        for dimensions in directive["Dimensions"]
        for metric in directive["Metrics"]
    }


def _schemas(emitted: set[Metric]) -> set[Schema]:
    return {
        (namespace, name, value, frozenset(each for each, _value in dimensions))
        for namespace, name, dimensions in emitted
        for key, value in dimensions
        if key == "service"
    }


def _of_alarms(live: Synthesized) -> Iterator[Metric]:
    for alarm in live.all("AWS::CloudWatch::Alarm").values():
        parts = [
            part["MetricStat"]["Metric"]
            for part in alarm.get("Metrics", ())
            if "MetricStat" in part
        ]
        for metric in parts or [alarm]:
            if not metric["Namespace"].startswith("AWS/"):
                dimensions = frozenset(
                    (each["Name"], each["Value"]) for each in metric["Dimensions"]
                )
                yield metric["Namespace"], metric["MetricName"], dimensions


def _of_dashboard(live: Synthesized) -> Iterator[Metric]:
    for namespace, name, *rest in live.drawn():
        if not namespace.startswith("AWS/"):
            pairs = [each for each in rest if isinstance(each, str)]
            yield namespace, name, frozenset(zip(pairs[::2], pairs[1::2], strict=True))


def _searched(live: Synthesized) -> Iterator[Schema]:
    for search in live.searches():
        found = re.fullmatch(
            r"""SEARCH\('\{([^,]+),([\w,]+)\} MetricName="(\w+)" service="(\w+)"', 'Sum', 300\)""",
            search,
        )
        assert found, search
        namespace, dimensions, name, service = found.groups()
        yield namespace, name, service, frozenset(dimensions.split(","))


@pytest.mark.usefixtures("account")
def test_the_functions_count_everything_that_is_watched(
    database: Database,
    live: Synthesized,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    college = College(database, day=f"{datetime.now(UTC).astimezone(COLLEGE_ZONE):%Y-%m-%d}")
    _play_a_day(college, monkeypatch)
    watched = {*_of_alarms(live), *_of_dashboard(live)}
    searched = set(_searched(live))
    emitted = _emitted(capsys.readouterr().out)
    assert watched
    assert watched - emitted == set()
    assert len(searched) == 2
    assert searched - _schemas(emitted) == set()
