"""Why a text did not arrive, in our words."""

from datetime import timedelta

import pytest

from record_delivery.receipts import LONGEST_REASON
from record_delivery.sns_delivery_log import REASONS, read_line, reason_of
from tests.support.receipts import a_receipt

# https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html#sms_stats_delivery_fail_reasons
DOCUMENTED = """\
Blocked as spam by phone carrier
Destination is on a blocked list
Invalid phone number
Message body is invalid
Phone carrier has blocked this message
Phone carrier is currently unreachable/unavailable
Phone has blocked SMS
Phone is on a blocked list
Phone is currently unreachable/unavailable
Phone number is opted out
This delivery would exceed max price
Unknown error attempting to reach phone
"""


def is_new(failed: str | None) -> bool:
    return read_line(a_receipt(failed=failed), timedelta()).reason_is_new


OF_THE_ACCOUNT = (
    "No quota left for account",
    "No origination entities available to send",
    "Your account requires additional review. Please contact AWS Support.",
)


@pytest.mark.parametrize("words", [*DOCUMENTED.splitlines(), *OF_THE_ACCOUNT, "Rate exceeded"])
def test_each_of_snss_documented_texts_has_our_word(words: str) -> None:
    assert reason_of(words).islower()
    assert not is_new(words)


def test_words_about_the_account_are_told_from_words_about_a_phone() -> None:
    everything = [*DOCUMENTED.splitlines(), *OF_THE_ACCOUNT, "Rate exceeded", "", "no words of SNS"]
    stopped = [
        words
        for words in everything
        if read_line(a_receipt(failed=words), timedelta()).account_is_stopped
    ]
    assert stopped == [*OF_THE_ACCOUNT]
    assert not read_line(a_receipt(), timedelta()).account_is_stopped


def test_our_words_fit_the_ledger() -> None:
    assert max(map(len, REASONS.values())) <= LONGEST_REASON


def test_a_full_stop_makes_no_other_reason() -> None:
    assert reason_of("Rate exceeded.") == reason_of("Rate exceeded") == "rate_exceeded"


def test_words_that_are_new_to_us_are_kept_as_they_are_up_to_the_columns_length() -> None:
    assert reason_of("The mast fell over.") == "The mast fell over."
    assert is_new("The mast fell over.")
    assert len(reason_of("mast " * 100)) == LONGEST_REASON


def test_no_words_at_all_are_a_reason_too() -> None:
    assert reason_of("  ") == "not_said"
    assert not is_new("  ")


def test_a_text_that_arrived_has_no_new_reason() -> None:
    assert not is_new(None)
