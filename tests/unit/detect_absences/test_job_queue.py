"""The queue of jobs, and what SQS does not take."""

from collections.abc import Collection

import boto3
import pytest
from botocore.stub import Stubber

from absence_texts.identifiers import AbsenceTextId
from detect_absences.job_queue import JobQueue

URL = "https://sqs.example/jobs"


@pytest.fixture
def sqs() -> Stubber:
    return Stubber(
        boto3.client(
            "sqs",
            region_name="eu-west-2",
            aws_access_key_id="none",
            aws_secret_access_key="none",  # noqa: S106 -- nothing is called
        )
    )


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


def test_jobs_go_in_batches_of_ten_and_what_sqs_refused_is_not_taken(sqs: Stubber) -> None:
    expect_batch(sqs, range(1, 11), failing={3})
    expect_batch(sqs, range(11, 13))
    ids = [AbsenceTextId(number) for number in range(1, 13)]
    with sqs:
        taken = JobQueue(sqs.client, URL).send(ids)
    assert taken == [text_id for text_id in ids if text_id != 3]
    sqs.assert_no_pending_responses()
