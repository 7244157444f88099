"""The functions count exactly what alarms and dashboard watch.

The real handlers run on a real MariaDB. The test reads their output as CloudWatch reads it.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import boto3
import pytest

from absence_texts.data_checks import DATA_CHECKS
from absence_texts.database import Credentials, Database
from absence_texts.ledger import State
from absence_texts.vocabulary import Count, Step, data_problem
from infra.stages.values import LIVE
from tests.support.aws_account import aws_account, turn
from tests.support.cloudwatch import (
    Metric,
    emitted_by,
    of_alarms,
    of_dashboard,
    schemas,
    searched_by,
)
from tests.support.college import College
from tests.support.faults import Fault
from tests.support.lambda_runtime import Context, a_cold_start
from tests.support.mails import MAIL, SENDER, STAFF
from tests.support.receipts import a_logs_event, a_receipt, log_line
from tests.support.runs import COMMON
from tests.support.sns_stand_in import running_sns
from tests.support.sqs_events import an_sqs_event
from tests.support.synthesized import Synthesized, synthesize

_OF_POWERTOOLS = "ColdStart"
_WORDS = {(count.step.service, count.value) for count in Count} | {
    (Step.FIND.service, data_problem(check.name)) for check in DATA_CHECKS
}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    stage = replace(LIVE, mail_to=STAFF, mail_from=SENDER)
    return synthesize(stage, tmp_path_factory.mktemp("assembly"))


@pytest.fixture
def account(
    live: Synthesized, credentials: Credentials, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    name = "POWERTOOLS_METRICS_NAMESPACE"
    monkeypatch.setenv(name, live.function("send_sms")["Environment"]["Variables"][name])
    with aws_account(credentials, monkeypatch):
        yield


def _send(*bodies: str) -> None:
    a_cold_start("send_sms")(an_sqs_event(list(bodies)), Context())


def _play_a_day(college: College, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let texts end in each of the ways that are counted."""
    for _ in range(6):
        college.absence()
    sent, failed, cancelled, in_doubt, outside, too_many = _guardians(college)
    college.change("guardians", f"guardian_id = {failed}", mobile="01234 567890")
    a_cold_start("detect_absences")({}, Context())
    college.change("guardians", f"guardian_id = {cancelled}", mobile="")
    jobs = {
        text["guardian_id"]: json.dumps({"absence_text_id": text["id"]}) for text in college.texts()
    }
    turn("paused")
    _send(jobs[sent])
    turn("on")
    _send(jobs[sent], jobs[sent], jobs[failed], jobs[cancelled], "no job")
    with running_sns() as sns, monkeypatch.context() as environment:
        sns.next_fault = Fault.CONNECTION_LOST
        environment.setenv("AWS_ENDPOINT_URL_SNS", sns.endpoint_url)
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
    _mail(monkeypatch)


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
        a_receipt(sent["provider_message_id"], failed="Phone is currently unreachable/unavailable"),
        a_receipt("of-no-text", failed="Words that carriers never used"),
        a_receipt("of-no-text-either", failed="No quota left for account"),
        a_receipt("settles-it", published=now, mobile=mobile),
        "no receipt",
    ]
    record = a_cold_start("record_delivery")
    record(a_logs_event(lines), Context())
    record(a_logs_event(lines[:1]), Context())
    logged = datetime.now(UTC) - timedelta(minutes=5)
    logs = boto3.client("logs")
    log_line(logs, a_receipt("only-logged"), logged, COMMON["delivery_logs"])
    record({"detail-type": "Scheduled Event"}, Context())


def _mail(monkeypatch: pytest.MonkeyPatch) -> None:
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    with monkeypatch.context() as environment:
        for name, value in MAIL.items():
            environment.setenv(name.upper(), value)
        a_cold_start("mail_day")({}, Context())


def _counted(emitted: set[Metric]) -> set[tuple[str, str]]:
    """Return the service and the name of each metric that our own code counts."""
    return {
        (dict(dimensions)["service"], name)
        for _namespace, name, dimensions in emitted
        if name != _OF_POWERTOOLS
    }


@pytest.mark.usefixtures("account")
def test_the_functions_count_everything_that_is_watched(
    database: Database,
    live: Synthesized,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    college = College.of_today(database)
    _play_a_day(college, monkeypatch)
    watched = {*of_alarms(live), *of_dashboard(live)}
    searched = set(searched_by(live))
    emitted = emitted_by(capsys.readouterr().out)
    assert watched
    assert watched - emitted == set()
    assert _counted(emitted) - _WORDS == set()
    assert len(searched) == 2
    assert searched - schemas(emitted) == set()
