"""The handlers of detection and sending, on AWS's events, with moto for AWS's own services."""

import importlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from aws_lambda_powertools.utilities import parameters
from moto import mock_aws
from moto.sns.models import sns_backends
from moto.sqs.models import Message, sqs_backends

from absence_texts.database import Credentials, Database
from absence_texts.ledger import State
from local.college_clock import offset_to
from local.running_stack import COLLEGE_ZONE
from tests.college import College
from tests.simulation.faults import Fault
from tests.simulation.sns_stand_in import running_sns

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

SECRET = "absence-texts/test/database"  # noqa: S105 (its name)
SWITCH = "/absence-texts/test/sending"
EVENTS = Path(__file__).parents[1] / "events"
ACCOUNT = "123456789012"
REGION = "eu-west-2"

type Handler = Callable[[dict[str, Any], "Context"], Any]


class Context:
    """What the Lambda runtime hands over, as far as the logger reads it."""

    function_name = "under-test"
    memory_limit_in_mb = 256
    invoked_function_arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:under-test"
    aws_request_id = "52fdfc07-2182-154f-163f-5f0f9a621d72"

    def __init__(self, *, remaining_seconds: float = 60) -> None:
        self._remaining_seconds = remaining_seconds

    def get_remaining_time_in_millis(self) -> int:
        return round(self._remaining_seconds * 1000)


@pytest.fixture
def sqs(credentials: Credentials, monkeypatch: pytest.MonkeyPatch) -> Iterator["SQSClient"]:
    """Set up the secret, the switch and the queue, and the environment that names them."""
    with mock_aws():
        secret = {name: getattr(credentials, name) for name in Credentials.__annotations__}
        boto3.client("secretsmanager").create_secret(Name=SECRET, SecretString=json.dumps(secret))
        boto3.client("ssm").put_parameter(Name=SWITCH, Value="on", Type="String")
        client = boto3.client("sqs")
        variables = {
            "STAGE": "local",
            "CLOCK_OFFSET_SECONDS": f"{offset_to(time(11, 40)).total_seconds():.0f}",
            "DATABASE_SECRET_ID": SECRET,
            "SENDING_PARAMETER": SWITCH,
            "QUEUE_URL": client.create_queue(QueueName="jobs")["QueueUrl"],
            "SENDER_ID": "College",
            "ACCEPT_FICTIONAL_MOBILES": "true",
        }
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        parameters.clear_caches()  # type: ignore[no-untyped-call]  # Powertools left it untyped
        yield client


@pytest.fixture
def college(database: Database) -> College:
    return College(database, day=f"{datetime.now(UTC).astimezone(COLLEGE_ZONE):%Y-%m-%d}")


def a_cold_start(function: str) -> Handler:
    handler: Handler = importlib.reload(importlib.import_module(f"{function}.handler")).handler
    return handler


def the_schedules_event() -> dict[str, Any]:
    event: dict[str, Any] = json.loads((EVENTS / "scheduler.json").read_text())
    return event


def an_sqs_event(bodies: list[str]) -> dict[str, Any]:
    (record,) = json.loads((EVENTS / "sqs.json").read_text())["Records"]
    return {
        "Records": [
            record | {"body": body, "messageId": f"message-{number}"}
            for number, body in enumerate(bodies)
        ]
    }


def jobs(sqs: "SQSClient") -> list[str]:
    url = sqs.get_queue_url(QueueName="jobs")["QueueUrl"]
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    return [message["Body"] for message in messages]


def the_queues_event(sqs: "SQSClient") -> dict[str, Any]:
    """Receive the jobs as the event source does."""
    (record,) = json.loads((EVENTS / "sqs.json").read_text())["Records"]
    url = sqs.get_queue_url(QueueName="jobs")["QueueUrl"]
    received = sqs.receive_message(QueueUrl=url, MessageSystemAttributeNames=["All"])["Messages"]
    return {
        "Records": [
            record
            | {
                "body": message["Body"],
                "messageId": message["MessageId"],
                "receiptHandle": message["ReceiptHandle"],
                "attributes": message["Attributes"],
            }
            for message in received
        ]
    }


def the_message() -> Message:
    """Return moto's own record of the only job: SQS tells nobody how long one is hidden."""
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
    boto3.client("ssm").put_parameter(Name=SWITCH, Value="paused", Overwrite=True)
    college.absence()
    counts = a_cold_start("detect_absences")(the_schedules_event(), Context())
    assert (counts["claimed"], counts["queued"], jobs(sqs)) == (1, 0, [])


@pytest.mark.usefixtures("sqs")
def test_a_mistyped_switch_stops_the_run_by_name(college: College) -> None:
    boto3.client("ssm").put_parameter(Name=SWITCH, Value="onn", Overwrite=True)
    college.absence()
    handler = a_cold_start("detect_absences")
    with pytest.raises(Exception, match=f"{SWITCH} holds neither on nor paused"):
        handler(the_schedules_event(), Context())
