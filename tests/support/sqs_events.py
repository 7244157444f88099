"""SQS's event, which brings jobs to the sender."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_SAMPLE = Path(__file__).parent / "events" / "sqs.json"


def an_sqs_event(bodies: list[str]) -> dict[str, Any]:
    return _event(
        {"body": body, "messageId": f"message-{number}"} for number, body in enumerate(bodies)
    )


def jobs(sqs: "SQSClient") -> list[str]:
    messages = sqs.receive_message(QueueUrl=_url(sqs), MaxNumberOfMessages=10).get("Messages", [])
    return [message["Body"] for message in messages]


def the_queues_event(sqs: "SQSClient") -> dict[str, Any]:
    """Receive a job as the event source does."""
    received = sqs.receive_message(QueueUrl=_url(sqs), MessageSystemAttributeNames=["All"])
    return _event(
        {
            "body": message["Body"],
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "attributes": message["Attributes"],
        }
        for message in received["Messages"]
    )


def _url(sqs: "SQSClient") -> str:
    return sqs.get_queue_url(QueueName="jobs")["QueueUrl"]


def _event(records: Iterable[dict[str, Any]]) -> dict[str, Any]:
    (sample,) = json.loads(_SAMPLE.read_text())["Records"]
    return {"Records": [sample | record for record in records]}
