"""A job that failed waits longer after each try, and never so long that it is thought lost."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.stub import Stubber

from absence_texts.ledger import REQUEUE_AFTER
from send_sms.back_off import (
    FIRST_WAIT_SECONDS,
    HIDING_TAKES_SECONDS,
    BackOff,
    make_sqs_client,
    wait_seconds,
)

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from mypy_boto3_sqs import SQSClient

URL = "https://sqs.example/jobs"
EVENTS = Path(__file__).parents[2] / "support" / "events"


@pytest.fixture
def client() -> "SQSClient":
    # The tests' environment has credentials that no account would accept.
    return boto3.client("sqs")


@pytest.fixture
def sqs(client: "SQSClient") -> Iterator[Stubber]:
    with Stubber(client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def an_event(receives: list[int]) -> dict[str, Any]:
    (record,) = json.loads((EVENTS / "sqs.json").read_text())["Records"]
    attributes = [record["attributes"] | {"ApproximateReceiveCount": str(n)} for n in receives]
    return {
        "Records": [
            record | {"messageId": f"m{number}", "receiptHandle": f"r{number}", "attributes": each}
            for number, each in enumerate(attributes)
        ]
    }


def failing(*message_ids: str) -> "PartialItemFailureResponse":
    return {"batchItemFailures": [{"itemIdentifier": each} for each in message_ids]}


def test_each_wait_is_longer_than_any_before_it_until_the_longest() -> None:
    waits = [(wait_seconds(receives, 0), wait_seconds(receives, 1)) for receives in range(1, 7)]
    assert waits == [(10, 20), (30, 60), (90, 180), (270, 540), (300, 600), (300, 600)]
    for (_, longest), (shortest, _) in pairwise(waits[:4]):
        assert shortest > longest


def test_jobs_that_failed_together_come_back_apart() -> None:
    assert len({wait_seconds(3, tenth / 10) for tenth in range(11)}) == 11


def test_a_job_that_waits_is_not_queued_a_second_time() -> None:
    longest = max(wait_seconds(receives, 1) for receives in range(1, 20))
    assert REQUEUE_AFTER.total_seconds() >= longest * 1.5


def test_the_failed_jobs_alone_are_hidden_each_by_its_own_count(
    client: "SQSClient", sqs: Stubber
) -> None:
    entries = [
        {"Id": "0", "ReceiptHandle": "r0", "VisibilityTimeout": FIRST_WAIT_SECONDS},
        {"Id": "1", "ReceiptHandle": "r2", "VisibilityTimeout": 180},
    ]
    sqs.add_response(
        "change_message_visibility_batch",
        {"Successful": [{"Id": "0"}], "Failed": [{"Id": "1", "SenderFault": True, "Code": "x"}]},
        {"QueueUrl": URL, "Entries": entries},
    )
    back_off = BackOff(client, URL, chance=lambda: 1)
    assert back_off.hide(an_event([1, 1, 3]), failing("m0", "m2")) == 1


@pytest.mark.usefixtures("sqs")
def test_where_no_job_failed_sqs_is_not_asked(client: "SQSClient") -> None:
    assert BackOff(client, URL).hide(an_event([1]), failing()) == 0


def test_giving_jobs_back_takes_no_longer_than_the_sender_keeps_free_for_it() -> None:
    config: Any = make_sqs_client().meta.config
    assert config.connect_timeout + config.read_timeout <= HIDING_TAKES_SECONDS
    assert config.retries["total_max_attempts"] == 1
