"""The SQS queue of jobs: one message for each text, holding its ledger id and nothing else."""

from collections.abc import Sequence
from itertools import batched
from typing import TYPE_CHECKING

from absence_texts.identifiers import AbsenceTextId
from absence_texts.job import job_body

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

BATCH_SIZE = 10
"""https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html"""


class JobQueue:
    def __init__(self, sqs: "SQSClient", url: str) -> None:
        self._sqs = sqs
        self._url = url

    def send(self, ids: Sequence[AbsenceTextId]) -> list[AbsenceTextId]:
        """Send a job for each id and return those that SQS took: a batch can fail in part."""
        batches = batched(ids, BATCH_SIZE, strict=False)
        return [taken for batch in batches for taken in self._send_batch(batch)]

    def _send_batch(self, ids: Sequence[AbsenceTextId]) -> list[AbsenceTextId]:
        entries: list[SendMessageBatchRequestEntryTypeDef] = [
            {"Id": str(text_id), "MessageBody": job_body(text_id)} for text_id in ids
        ]
        response = self._sqs.send_message_batch(QueueUrl=self._url, Entries=entries)
        return [AbsenceTextId(int(entry["Id"])) for entry in response.get("Successful", [])]
