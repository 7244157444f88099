"""Texts leave and no receipt comes: SNS's delivery logs have dried up."""

import pytest

from absence_texts.ledger import State
from record_delivery.missing_receipts import count_without_receipt
from tests.support.college import College, at
from tests.support.receipts import UNREACHABLE, a_receipt, record
from tests.support.runs import Phones, deliver, detect


@pytest.fixture
def five_texts(college: College) -> College:
    """Send five texts at 11:31."""
    for _ in range(5):
        college.absence()
    detect(college)
    phones = Phones()
    for text in college.texts():
        assert deliver(college, phones, text_id=text["id"]) == State.SENT
    return college


def missing(college: College, time: str) -> int:
    return count_without_receipt(college.database, at(time))


def test_every_text_counts_if_none_has_a_receipt(five_texts: College) -> None:
    assert missing(five_texts, "12:35") == 5


def test_receipts_have_an_hour_to_come(five_texts: College) -> None:
    assert missing(five_texts, "12:25") == 0


@pytest.mark.parametrize("failed", [None, UNREACHABLE])
def test_one_receipt_shows_that_receipts_come(five_texts: College, failed: str | None) -> None:
    record(five_texts, a_receipt("message-3", failed=failed))
    assert missing(five_texts, "12:35") == 0


def test_the_texts_of_the_evening_before_still_count_and_no_older_ones(
    five_texts: College,
) -> None:
    assert missing(five_texts, "2026-11-24 11:00") == 5
    assert missing(five_texts, "2026-11-24 12:00") == 0


def test_a_text_that_never_left_has_no_receipt_to_wait_for(college: College) -> None:
    college.absence()
    detect(college)
    assert missing(college, "12:35") == 0
