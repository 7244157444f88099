"""Why a text did not reach its phone: SNS's words for it, and ours."""

from absence_texts.vocabulary import Reason

LONGEST = 191
"""Characters: the ledger's column."""

# https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html#sms_stats_delivery_fail_reasons
# "Blacklisted" is what it said before. The quota's and the rate's texts are not on the page:
# they are what SNS writes when the month's spend limit, or a rate, is used up.
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
}
_OURS = frozenset(REASONS.values()) | {Reason.NOT_SAID}


def reason_of(provider_response: str) -> str:
    """Return our word for SNS's, or SNS's own when it is new to us."""
    words = provider_response.strip().removesuffix(".")
    return REASONS.get(words, provider_response.strip()[:LONGEST]) or Reason.NOT_SAID


def is_new(reason: str | None) -> bool:
    return reason is not None and reason not in _OURS
