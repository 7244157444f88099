"""The queue of jobs, and what SQS does not take."""

from collections.abc import Collection
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.stub import Stubber

from absence_texts.identifiers import AbsenceTextId
from detect_absences.job_queue import JobQueue

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

URL = "https://sqs.example/jobs"


@pytest.fixture
def client() -> "SQSClient":
    # The tests' environment has credentials that no account would accept.
    return boto3.client("sqs")


@pytest.fixture
def sqs(client: "SQSClient") -> Stubber:
    return Stubber(client)


def expect_batch(sqs: Stubber, ids: range, *, failing: Collection[int] = ()) -> None:
    bodies = {text_id: f'{{"absence_text_id": {text_id}}}' for text_id in ids}
    sqs.add_response(
        "send_message_batch",
        {
            "Successful": [
                {"Id": str(text_id), "MessageId": "m", "MD5OfMessageBody": "x"}
                for text_id in ids
                if text_id not in failing
            ],
            "Failed": [
                {"Id": str(text_id), "SenderFault": False, "Code": "InternalError"}
                for text_id in failing
            ],
        },
        {
            "QueueUrl": URL,
            "Entries": [
                {"Id": str(text_id), "MessageBody": body} for text_id, body in bodies.items()
            ],
        },
    )


def test_jobs_go_in_batches_of_ten_and_what_sqs_refused_is_not_taken(
    client: "SQSClient", sqs: Stubber
) -> None:
    expect_batch(sqs, range(1, 11), failing={3})
    expect_batch(sqs, range(11, 13))
    ids = [AbsenceTextId(number) for number in range(1, 13)]
    with sqs:
        taken = JobQueue(client, URL).send(ids)
    assert taken == [text_id for text_id in ids if text_id != 3]
    sqs.assert_no_pending_responses()
