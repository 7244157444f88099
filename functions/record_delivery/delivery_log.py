"""What CloudWatch Logs hands over: lines that SNS wrote, one for each text's final outcome."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from aws_lambda_powertools.utilities.data_classes import CloudWatchLogsEvent
from pydantic import BaseModel, ConfigDict, Field, NaiveDatetime, ValidationError
from pydantic.alias_generators import to_camel

from absence_texts.ledger import State
from record_delivery.reasons import reason_of
from record_delivery.receipts import Receipt


class MalformedLineError(ValueError):
    """A log line that is no delivery receipt."""


@dataclass(frozen=True, kw_only=True)
class Line:
    receipt: Receipt
    destination: str
    """The phone number: for this invocation only."""


class _Part(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class _Notification(_Part):
    message_id: str = Field(pattern=r"^[A-Za-z0-9-]{1,100}$")
    timestamp: NaiveDatetime


class _Delivery(_Part):
    destination: str = ""
    provider_response: str = ""


class _Line(_Part):
    """https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html."""

    notification: _Notification
    delivery: _Delivery
    status: Literal["SUCCESS", "FAILURE"]


def messages_of(event: dict[str, Any]) -> list[str]:
    """Return the log lines of an event; a timer's, or one that asks if we are there, has none."""
    if "awslogs" not in event:
        return []
    data = CloudWatchLogsEvent(event).parse_logs_data()
    if data.message_type != "DATA_MESSAGE":
        return []
    return [each.message for each in data.log_events]


def parse_line(message: str, clock_offset: timedelta) -> Line:
    """Read one line; raises MalformedLineError, without quoting it."""
    try:
        line = _Line.model_validate_json(message)
    except ValidationError:
        # Not chained: it quotes what it could not read, and that may be a phone number.
        raise MalformedLineError("the line is no SMS delivery status") from None
    delivered = line.status == "SUCCESS"
    return Line(
        receipt=Receipt(
            message_id=line.notification.message_id,
            outcome=State.DELIVERED if delivered else State.UNDELIVERED,
            reason=None if delivered else reason_of(line.delivery.provider_response),
            published_at=line.notification.timestamp + clock_offset,
        ),
        destination=line.delivery.destination,
    )
