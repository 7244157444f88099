"""Delivery receipts as SNS writes them: CloudWatch Logs brings one line for each text's outcome.

The one module of this function that knows which service sends the texts.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, Literal

from aws_lambda_powertools.utilities.data_classes import CloudWatchLogsEvent
from pydantic import BaseModel, ConfigDict, Field, NaiveDatetime, ValidationError
from pydantic.alias_generators import to_camel

from absence_texts.ledger import State
from absence_texts.vocabulary import Reason
from record_delivery.receipts import LONGEST_REASON, Receipt, ReceivedReceipt

# https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html#sms_stats_delivery_fail_reasons
# "Blacklisted" is what that page said before. The last three are not on the page. SNS writes them
# when the month's spend limit or a rate is used up, and when the account owns no sender.
REASONS = {
    "Blocked as spam by phone carrier": Reason.BLOCKED_AS_SPAM,
    "Destination is blacklisted": Reason.DESTINATION_BLOCKED,
    "Destination is on a blocked list": Reason.DESTINATION_BLOCKED,
    "Invalid phone number": Reason.NO_SUCH_NUMBER,
    "Message body is invalid": Reason.INVALID_MESSAGE,
    "Phone carrier has blocked this message": Reason.BLOCKED_BY_CARRIER,
    "Phone carrier is currently unreachable/unavailable": Reason.CARRIER_UNREACHABLE,
    "Phone has blocked SMS": Reason.PHONE_BLOCKS_TEXTS,
    "Phone is blacklisted": Reason.PHONE_BLOCKED,
    "Phone is on a blocked list": Reason.PHONE_BLOCKED,
    "Phone is currently unreachable/unavailable": Reason.PHONE_UNREACHABLE,
    "Phone number is opted out": Reason.OPTED_OUT,
    "This delivery would exceed max price": Reason.OVER_MAX_PRICE,
    "Unknown error attempting to reach phone": Reason.UNKNOWN_ERROR,
    "No quota left for account": Reason.SPEND_LIMIT_REACHED,
    "Rate exceeded": Reason.RATE_EXCEEDED,
    "No origination entities available to send": Reason.NO_SENDER,
}
# This one goes on with a link to AWS Support.
_UNDER_REVIEW = "Your account requires additional review"
ACCOUNT_STOPPED = frozenset(
    {Reason.SPEND_LIMIT_REACHED, Reason.NO_SENDER, Reason.ACCOUNT_UNDER_REVIEW}
)
"""The reasons for which SNS sends no text of the account, whoever it is to."""
_OUR_WORDS = frozenset(REASONS.values()) | {Reason.NOT_SAID, Reason.ACCOUNT_UNDER_REVIEW}


def delivered_group(*, region: str, account: str) -> str:
    """Return the log group of delivered texts. All texts of an account and region share it.

    https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html
    """
    return f"sns/{region}/{account}/DirectPublishToPhoneNumber"


def both_groups(delivered: str) -> tuple[str, str]:
    """Return the log groups of delivered and of undelivered texts."""
    return delivered, f"{delivered}/Failure"


class MalformedLineError(ValueError):
    """A log line that is no delivery receipt."""


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


def receipts_of(event: dict[str, Any], clock_offset: timedelta) -> Iterator[ReceivedReceipt | None]:
    """Yield the event's receipts, and None for a line that can't be read.

    The timer's event has no lines, nor has the one by which CloudWatch Logs checks the function.
    """
    return read_lines(_lines_of(event), clock_offset)


def read_lines(lines: Iterable[str], clock_offset: timedelta) -> Iterator[ReceivedReceipt | None]:
    """Yield a receipt for each line, and None for a line that can't be read."""
    for line in lines:
        try:
            yield read_line(line, clock_offset)
        except MalformedLineError:
            yield None


def comes_from_logs(event: dict[str, Any]) -> bool:
    """Return False for the timer's event."""
    return "awslogs" in event


def _lines_of(event: dict[str, Any]) -> list[str]:
    if not comes_from_logs(event):
        return []
    data = CloudWatchLogsEvent(event).parse_logs_data()
    if data.message_type != "DATA_MESSAGE":
        return []
    return [each.message for each in data.log_events]


def read_line(text: str, clock_offset: timedelta) -> ReceivedReceipt:
    """Read one line; raises MalformedLineError, without quoting the line."""
    try:
        line = _Line.model_validate_json(text)
    except ValidationError:
        # Not chained, because it quotes what it could not read: that may be a phone number.
        raise MalformedLineError("the line is no SMS delivery status") from None
    delivered = line.status == "SUCCESS"
    reason = None if delivered else reason_of(line.delivery.provider_response)
    return ReceivedReceipt(
        receipt=Receipt(
            message_id=line.notification.message_id,
            outcome=State.DELIVERED if delivered else State.UNDELIVERED,
            reason=reason,
            published_at=line.notification.timestamp + clock_offset,
        ),
        mobile=line.delivery.destination,
        reason_is_new=reason is not None and reason not in _OUR_WORDS,
        account_is_stopped=reason in ACCOUNT_STOPPED,
    )


def reason_of(provider_response: str) -> str:
    """Return our word for SNS's words, or SNS's words if we have none for them."""
    words = provider_response.strip().removesuffix(".")
    if words.startswith(_UNDER_REVIEW):
        return Reason.ACCOUNT_UNDER_REVIEW
    return REASONS.get(words, provider_response.strip()[:LONGEST_REASON]) or Reason.NOT_SAID
