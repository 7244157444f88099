"""A queue that delivers at least once: late, twice, in any order, and a few times at most."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from absence_texts.identifiers import AbsenceTextId
from detect_absences.job_queue import JobQueue
from send_sms.back_off import BackOff
from tests.simulation.scheduler import Actor, Scheduler
from tests.support.faults import Fault, Step

type _Entry = dict[str, Any]

_URL = "https://sqs.example/jobs"
_VISIBLE_AGAIN = timedelta(seconds=361)
_RECEIVES_AT_MOST = 5
_BATCH = 10


@dataclass
class Message:
    id: str
    body: str
    visible_at: datetime
    receives: int = 0

    def as_record(self) -> dict[str, Any]:
        """Return what the product reads of the record in Lambda's event."""
        attributes = {"ApproximateReceiveCount": str(self.receives)}
        return {"messageId": self.id, "receiptHandle": self.id, "attributes": attributes}


@dataclass
class SqsStandIn:
    scheduler: Scheduler
    duplicates_and_delays: bool
    """As SQS may."""
    messages: list[Message] = field(default_factory=list)
    dead_letters: list[Message] = field(default_factory=list)
    _number: int = 0

    def add(self, body: str) -> None:
        copies = 2 if self._sometimes() else 1
        for _ in range(copies):
            delay = self.scheduler.chance.uniform(0, 20) if self._sometimes() else 0
            self._number += 1
            visible_at = self.scheduler.now + timedelta(minutes=delay)
            self.messages.append(Message(f"job {self._number}", body, visible_at))

    def has_visible(self) -> bool:
        self._move_to_dead_letters()
        return any(message.visible_at <= self.scheduler.now for message in self.messages)

    def receive(self) -> list[Message]:
        """Hand out up to ten visible messages; one may stay visible to another sender."""
        self._move_to_dead_letters()
        visible = [message for message in self.messages if message.visible_at <= self.scheduler.now]
        self.scheduler.chance.shuffle(visible)
        received = visible[:_BATCH]
        for message in received:
            message.receives += 1
            if not self._sometimes():
                message.visible_at = self.scheduler.now + _VISIBLE_AGAIN
        return received

    def hide(self, message_id: str, seconds: int) -> None:
        for message in self.messages:
            if message.id == message_id:
                message.visible_at = self.scheduler.now + timedelta(seconds=seconds)

    def delete(self, handled: Sequence[Message]) -> None:
        gone = {id(message) for message in handled}
        self.messages = [message for message in self.messages if id(message) not in gone]

    def _move_to_dead_letters(self) -> None:
        exhausted = [message for message in self.messages if message.receives >= _RECEIVES_AT_MOST]
        self.dead_letters += exhausted
        self.delete(exhausted)

    def _sometimes(self) -> bool:
        return self.duplicates_and_delays and self.scheduler.chance.random() < 0.2


@dataclass(frozen=True)
class _Client:
    """A client of SQS that belongs to one actor."""

    queue: SqsStandIn
    actor: Actor

    def _call(
        self, step: Step, entries: Sequence[_Entry], do: Callable[[_Entry], None]
    ) -> dict[str, list[dict[str, str]]]:
        fault = self.actor.step(step)
        if fault is Fault.CONNECTION_LOST:
            raise EndpointConnectionError(endpoint_url=_URL)
        taken = entries[: len(entries) // 2] if fault is Fault.TAKEN_IN_PART else entries
        for entry in taken:
            do(entry)
        if fault is Fault.ANSWER_LOST:
            raise ReadTimeoutError(endpoint_url=_URL)
        return {"Successful": [{"Id": entry["Id"]} for entry in taken]}


class Producer(_Client):
    """The real `JobQueue`, which calls this client."""

    def send(self, ids: Sequence[AbsenceTextId]) -> list[AbsenceTextId]:
        return JobQueue(cast("Any", self), _URL).send(ids)

    def send_message_batch(
        self,
        *,
        QueueUrl: str,  # noqa: ARG002, N803 (boto3's names)
        Entries: Sequence[_Entry],  # noqa: N803
    ) -> dict[str, list[dict[str, str]]]:
        answer = self._call(
            Step.ENQUEUE, Entries, lambda entry: self.queue.add(entry["MessageBody"])
        )
        self.actor.step(Step.ANSWERED)
        return answer


class Consumer(_Client):
    """The real `BackOff`, which calls this client."""

    def hide(self, received: Sequence[Message], failed: Sequence[Message]) -> None:
        chance = self.actor.scheduler.chance.random
        BackOff(cast("Any", self), _URL, chance=chance).hide(
            {"Records": [message.as_record() for message in received]},
            {"batchItemFailures": [{"itemIdentifier": message.id} for message in failed]},
        )

    def change_message_visibility_batch(
        self,
        *,
        QueueUrl: str,  # noqa: ARG002, N803 (boto3's names)
        Entries: Sequence[_Entry],  # noqa: N803
    ) -> dict[str, list[dict[str, str]]]:
        def hide(entry: _Entry) -> None:
            self.queue.hide(entry["ReceiptHandle"], entry["VisibilityTimeout"])

        return self._call(Step.BACK_OFF, Entries, hide)
