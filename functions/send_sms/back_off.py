"""How long a job that failed is hidden from the senders: longer after each try.

A job whose invocation is cut off comes back after the queue's own visibility timeout instead.
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html
"""

import random
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from absence_texts.ledger import REQUEUE_AFTER

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import ChangeMessageVisibilityBatchRequestEntryTypeDef

FIRST_WAIT_SECONDS = 20
_LONGER_EACH_TIME = 3
LONGEST_WAIT_SECONDS = round(REQUEUE_AFTER.total_seconds() * 2 / 3)
"""A job is back before detection would queue its text again."""
_BRIEF = Config(
    connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 1, "mode": "standard"}
)
HIDING_TAKES_SECONDS = 2
"""At most: the sum of the time-outs above."""


def wait_seconds(receives: int, chance: float) -> int:
    """Return for how long to hide a job that was received, and failed, so many times.

    `chance`, from 0 to 1, keeps jobs that failed together from coming back together.
    """
    growing: int = FIRST_WAIT_SECONDS * _LONGER_EACH_TIME ** (receives - 1)
    return round(min(growing, LONGEST_WAIT_SECONDS) * (1 + chance) / 2)


def make_sqs_client() -> "SQSClient":
    return boto3.client("sqs", config=_BRIEF)


class BackOff:
    def __init__(
        self,
        sqs: "SQSClient",
        queue_url: str,
        *,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._sqs = sqs
        self._queue_url = queue_url
        self._chance = chance

    def hide(self, event: Mapping[str, Any], answer: "PartialItemFailureResponse") -> int:
        """Hide the jobs of an SQS event that the answer to Lambda gives back; return how many.

        Raises botocore's errors: the jobs then come back after the queue's own visibility timeout.
        """
        failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
        records = [record for record in event["Records"] if record["messageId"] in failed]
        if not records:
            return 0
        response = self._sqs.change_message_visibility_batch(
            QueueUrl=self._queue_url,
            Entries=[self._entry(number, record) for number, record in enumerate(records)],
        )
        return len(response.get("Successful", []))

    def _entry(
        self, number: int, record: Mapping[str, Any]
    ) -> "ChangeMessageVisibilityBatchRequestEntryTypeDef":
        receives = int(record["attributes"]["ApproximateReceiveCount"])
        return {
            "Id": str(number),
            "ReceiptHandle": record["receiptHandle"],
            "VisibilityTimeout": wait_seconds(receives, self._chance()),
        }
