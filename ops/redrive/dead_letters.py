"""The jobs in the dead-letter queue, and what to do with each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from absence_texts.database import fetch_one
from absence_texts.identifiers import AbsenceTextId
from absence_texts.job import MalformedJobError, parse_job
from absence_texts.ledger import NOT_STARTED, State
from ops.context import CommandContext
from ops.service import Service

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import MessageTypeDef

_HIDDEN_SECONDS = 120
"""How long a message is hidden, so that one command receives it once."""


class Action(StrEnum):
    REQUEUE = "requeue"
    """The job's text may still leave today."""
    DROP = "drop"
    """The job's text has an outcome, or its day or the sending window is over."""
    KEEP = "keep"
    """The message is not a job, or its text is not in this database."""


@dataclass(frozen=True)
class DeadLetter:
    sqs_message_id: str
    receipt_handle: str
    body: str
    text_id: AbsenceTextId | None
    """None if the message is not a job."""


class DeadLetters:
    def __init__(self, service: Service) -> None:
        self._sqs = service.sqs
        self._queue = service.queue_address
        self._dead_letters = service.dead_letters_address

    def __iter__(self) -> Iterator[DeadLetter]:
        """Yield each message once, because a received message stays hidden for a while."""
        while messages := self._receive():
            yield from map(_read, messages)

    def _receive(self) -> list["MessageTypeDef"]:
        answer = self._sqs.receive_message(
            QueueUrl=self._dead_letters,
            MaxNumberOfMessages=10,
            VisibilityTimeout=_HIDDEN_SECONDS,
            WaitTimeSeconds=1,
        )
        return answer.get("Messages", [])

    def carry_out(self, action: Action, letter: DeadLetter) -> None:
        """Requeue a job before dropping it here, so that a crash leaves a duplicate and no loss."""
        if action is Action.KEEP:
            self._show_again(letter)
            return
        if action is Action.REQUEUE:
            self._sqs.send_message(QueueUrl=self._queue, MessageBody=letter.body)
        self._drop(letter)

    def _drop(self, letter: DeadLetter) -> None:
        self._sqs.delete_message(QueueUrl=self._dead_letters, ReceiptHandle=letter.receipt_handle)

    def _show_again(self, letter: DeadLetter) -> None:
        self._sqs.change_message_visibility(
            QueueUrl=self._dead_letters,
            ReceiptHandle=letter.receipt_handle,
            VisibilityTimeout=0,
        )


def choose_action(context: CommandContext, letter: DeadLetter) -> Action:
    """Return REQUEUE if a sender would still deliver the job's text."""
    row = letter.text_id and fetch_one(
        context.database,
        "SELECT state, absence_date FROM absence_texts WHERE id = %(id)s",
        {"id": letter.text_id},
    )
    if not row:
        return Action.KEEP
    now = context.now
    is_in_time = row["absence_date"] == now.today and not context.settings.window_has_closed(now)
    return Action.REQUEUE if is_in_time and State(row["state"]) in NOT_STARTED else Action.DROP


def _read(message: "MessageTypeDef") -> DeadLetter:
    try:
        text_id = parse_job(message["Body"])
    except MalformedJobError:
        text_id = None
    body = message["Body"]
    return DeadLetter(message["MessageId"], message["ReceiptHandle"], body, text_id)
