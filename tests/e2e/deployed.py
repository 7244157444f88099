"""What a test does with the deployed stack: it adds rows, and reads texts, jobs and logs."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import batched
from typing import TYPE_CHECKING, Any

from boto3 import Session

from absence_texts.database import Row, Value, fetch_all
from absence_texts.identifiers import GuardianId
from absence_texts.job import job_body
from absence_texts.ledger import NOT_STARTED, State
from local import mailbox, ministack, phones
from local.mailbox import Mail
from local.phones import Text
from local.running_stack import RunningStack
from local.waiting import wait_until
from tests.support.college import College

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sqs import SQSClient

RUN_AND_TEXTS_SECONDS = 120
_UNDER_WAY = tuple(sorted(NOT_STARTED | {State.SENDING}))


class DidNotHappenError(Exception):
    """The stack did not do in time what the test expects."""


@dataclass
class Deployed:
    stack: RunningStack
    college: College

    def select(self, sql: str, **values: Value) -> tuple[Row, ...]:
        return fetch_all(self.college.database, sql, values)

    def texts_to(self, guardian: GuardianId) -> list[Text]:
        (row,) = self.select("SELECT mobile FROM guardians WHERE guardian_id = %(id)s", id=guardian)
        e164 = "+44" + row["mobile"].removeprefix("0").replace(" ", "")
        return [text for text in self.texts() if text.mobile == e164]

    def texts(self) -> list[Text]:
        return phones.texts(self.stack.ministack_address)

    def wait_for_texts(self, count: int) -> None:
        """Wait until the schedule has brought at least this many texts in all, and no more come."""
        self.wait_until(lambda: len(self.texts()) >= count and not self.texts_under_way())

    def texts_under_way(self) -> bool:
        sql = "SELECT 1 FROM absence_texts WHERE state IN %(states)s LIMIT 1"
        return bool(fetch_all(self.college.database, sql, {"states": _UNDER_WAY}))

    def wait_until(
        self, holds: Callable[[], bool], *, seconds: float = RUN_AND_TEXTS_SECONDS
    ) -> None:
        wait_until(
            holds,
            seconds=seconds,
            every=0.3,
            otherwise=lambda: DidNotHappenError("see the logs under .local/test"),
        )

    def call_detection(self) -> dict[str, int]:
        """Invoke the function as the scheduler does, and return its counts."""
        return self.call("detect_absences", {})

    def call(self, function: str, event: Mapping[str, Any]) -> dict[str, int]:
        """Invoke a function and return its counts."""
        answer = self._lambda.invoke(
            FunctionName=self.stack.functions[function], Payload=json.dumps(event).encode()
        )
        counts: dict[str, int] = json.loads(answer["Payload"].read())
        return counts

    def mails(self) -> list[Mail]:
        return mailbox.mails(self.stack.ministack_address)

    def send_jobs(self, bodies: list[str]) -> None:
        for batch in batched(enumerate(bodies), 10, strict=False):
            self._sqs.send_message_batch(
                QueueUrl=self.stack.queue_address,
                Entries=[{"Id": str(number), "MessageBody": body} for number, body in batch],
            )

    def jobs_of_all_texts(self) -> list[str]:
        return [job_body(row["id"]) for row in self.select("SELECT id FROM absence_texts")]

    def jobs_of_texts_to(self, guardians: list[GuardianId]) -> list[str]:
        sql = "SELECT id FROM absence_texts WHERE guardian_id IN %(guardians)s"
        rows = fetch_all(self.college.database, sql, {"guardians": guardians})
        return [job_body(row["id"]) for row in rows]

    def wait_until_queue_is_empty(self) -> None:
        self.wait_until(lambda: self._queue_length(self.stack.queue_address) == 0)

    def dead_letters(self) -> list[str]:
        answer = self._sqs.receive_message(
            QueueUrl=self.stack.dlq_address, MaxNumberOfMessages=10, VisibilityTimeout=0
        )
        return [message["Body"] for message in answer.get("Messages", [])]

    def remove_dead_letters(self) -> None:
        self._sqs.purge_queue(QueueUrl=self.stack.dlq_address)

    @contextmanager
    def senders_stopped(self) -> Iterator[None]:
        """Let the jobs wait in the queue until the end of the block."""
        (mapping,) = self._lambda.list_event_source_mappings(
            FunctionName=self.stack.functions["send_sms"]
        )["EventSourceMappings"]
        self._lambda.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
        try:
            yield
        finally:
            self._lambda.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)

    def jobs_waiting(self) -> list[str]:
        """Return the bodies of up to ten jobs, which stay in the queue."""
        answer = self._sqs.receive_message(
            QueueUrl=self.stack.queue_address, MaxNumberOfMessages=10, VisibilityTimeout=0
        )
        return [message["Body"] for message in answer.get("Messages", [])]

    def metrics_and_alarms(self) -> str:
        """Return all that CloudWatch knows of both, as JSON."""
        client = self._session.client("cloudwatch", endpoint_url=self.stack.ministack_address)
        return json.dumps([client.list_metrics(), client.describe_alarms()], default=str)

    def log_lines(self) -> list[str]:
        """Return every line that the functions logged, metrics included."""
        logs = self._session.client("logs", endpoint_url=self.stack.ministack_address)
        return [
            event["message"]
            for group in logs.describe_log_groups()["logGroups"]
            for event in logs.filter_log_events(logGroupName=group["logGroupName"])["events"]
        ]

    def _queue_length(self, address: str) -> int:
        attributes = self._sqs.get_queue_attributes(QueueUrl=address, AttributeNames=["All"])
        return int(attributes["Attributes"]["ApproximateNumberOfMessages"]) + int(
            attributes["Attributes"]["ApproximateNumberOfMessagesNotVisible"]
        )

    @cached_property
    def _session(self) -> Session:
        return ministack.session()

    @cached_property
    def _lambda(self) -> "LambdaClient":
        return self._session.client("lambda", endpoint_url=self.stack.ministack_address)

    @cached_property
    def _sqs(self) -> "SQSClient":
        return self._session.client("sqs", endpoint_url=self.stack.ministack_address)
