"""The handlers of detection and sending, on AWS's events, with moto for AWS's own services."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from moto.sns.models import sns_backends
from moto.sqs.models import Message, sqs_backends

from absence_texts.database import Credentials, Database
from absence_texts.ledger import State
from tests.support.aws_account import SWITCH, aws_account, turn
from tests.support.college import College
from tests.support.faults import Fault
from tests.support.lambda_runtime import ACCOUNT, REGION, Context, a_cold_start
from tests.support.sns_stand_in import running_sns
from tests.support.sqs_events import an_sqs_event, jobs, the_queues_event

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

EVENTS = Path(__file__).parents[1] / "support" / "events"


@pytest.fixture
def sqs(credentials: Credentials, monkeypatch: pytest.MonkeyPatch) -> Iterator["SQSClient"]:
    with aws_account(credentials, monkeypatch) as sqs:
        yield sqs


@pytest.fixture
def college(database: Database) -> College:
    return College.of_today(database)


def the_schedules_event() -> dict[str, Any]:
    event: dict[str, Any] = json.loads((EVENTS / "scheduler.json").read_text())
    return event


def the_message() -> Message:
    """Return moto's own record of the only job: SQS does not tell how long it hides one."""
    (message,) = sqs_backends[ACCOUNT][REGION].queues["jobs"]._messages  # noqa: SLF001
    return message


def hidden_seconds() -> float:
    return the_message().visible_at / 1000 - datetime.now(UTC).timestamp()


def show_again() -> None:
    the_message().change_visibility(0)


def test_a_schedules_event_queues_jobs_and_answers_with_the_count_of_each_step(
    college: College, sqs: "SQSClient"
) -> None:
    college.absence()
    counts = a_cold_start("detect_absences")(the_schedules_event(), Context())
    assert jobs(sqs) == [f'{{"absence_text_id": {college.the_text_id()}}}']
    assert (counts["claimed"], counts["queued"]) == (1, 1)


def test_a_malformed_job_goes_back_alone_and_the_others_are_delivered(
    college: College, sqs: "SQSClient"
) -> None:
    for _ in range(2):
        college.absence()
    a_cold_start("detect_absences")(the_schedules_event(), Context())
    first, second = jobs(sqs)
    answer = a_cold_start("send_sms")(an_sqs_event([first, "no job", second]), Context())
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-1"}]}
    assert [text["state"] for text in college.texts()] == [State.SENT, State.SENT]
    assert len(sns_backends[ACCOUNT][REGION].sms_messages) == 2


def test_a_throttled_text_is_queued_still_and_its_job_hidden_longer_after_each_try(
    college: College, sqs: "SQSClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    college.absence()
    a_cold_start("detect_absences")(the_schedules_event(), Context())
    with running_sns() as sns:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", sns.endpoint_url)
        handler = a_cold_start("send_sms")
        for shortest, longest in ((10, 20), (30, 60)):
            sns.next_fault = Fault.THROTTLED
            event = the_queues_event(sqs)
            answer = handler(event, Context())
            assert len(answer["batchItemFailures"]) == 1
            assert college.the_text()["state"] == State.QUEUED
            assert shortest - 1 <= hidden_seconds() <= longest
            show_again()
        handler(the_queues_event(sqs), Context())
    assert (college.the_text()["state"], len(sns.accepted)) == (State.SENT, 1)


def test_a_text_is_not_begun_when_the_invocation_is_about_to_be_cut_off(
    college: College, sqs: "SQSClient"
) -> None:
    college.absence()
    a_cold_start("detect_absences")(the_schedules_event(), Context())
    handler = a_cold_start("send_sms")
    answer = handler(an_sqs_event(jobs(sqs)), Context(remaining_seconds=11.9))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert college.the_text()["state"] == State.QUEUED


def test_a_pause_by_the_parameter_holds_texts_back(college: College, sqs: "SQSClient") -> None:
    turn("paused")
    college.absence()
    counts = a_cold_start("detect_absences")(the_schedules_event(), Context())
    assert (counts["claimed"], counts["queued"], jobs(sqs)) == (1, 0, [])


@pytest.mark.usefixtures("sqs")
def test_a_mistyped_switch_stops_the_run_by_name(college: College) -> None:
    turn("onn")
    college.absence()
    handler = a_cold_start("detect_absences")
    with pytest.raises(Exception, match=f"{SWITCH} holds neither on nor paused"):
        handler(the_schedules_event(), Context())
