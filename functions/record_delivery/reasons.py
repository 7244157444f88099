"""Why a text did not reach its phone: SNS's words for it, and ours."""

NOT_SAID = "not_said"
LONGEST = 191
"""Characters: the ledger's column."""

# https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html#sms_stats_delivery_fail_reasons
# "Blacklisted" is what it said before. The quota's and the rate's texts are not on the page:
# they are what SNS writes when the month's spend limit, or a rate, is used up.
REASONS = {
    "Blocked as spam by phone carrier": "blocked_as_spam",
    "Destination is blacklisted": "destination_blocked",
    "Destination is on a blocked list": "destination_blocked",
    "Invalid phone number": "no_such_number",
    "Message body is invalid": "invalid_message",
    "Phone carrier has blocked this message": "blocked_by_carrier",
    "Phone carrier is currently unreachable/unavailable": "carrier_unreachable",
    "Phone has blocked SMS": "phone_blocks_texts",
    "Phone is blacklisted": "phone_blocked",
    "Phone is on a blocked list": "phone_blocked",
    "Phone is currently unreachable/unavailable": "phone_unreachable",
    "Phone number is opted out": "opted_out",
    "This delivery would exceed max price": "over_max_price",
    "Unknown error attempting to reach phone": "unknown_error",
    "No quota left for account": "spend_limit_reached",
    "Rate exceeded": "rate_exceeded",
}
_OURS = frozenset(REASONS.values()) | {NOT_SAID}


def reason_of(provider_response: str) -> str:
    """Return our word for SNS's, or SNS's own when it is new to us."""
    words = provider_response.strip().removesuffix(".")
    return REASONS.get(words, provider_response.strip()[:LONGEST]) or NOT_SAID


def is_new(reason: str | None) -> bool:
    return reason is not None and reason not in _OURS
