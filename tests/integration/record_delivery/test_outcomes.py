"""What became of a text that was sent: its delivery receipt, in any order and any number."""

from itertools import permutations

import pytest

from absence_texts.ledger import State
from tests.support.college import College, at
from tests.support.receipts import UNREACHABLE, a_receipt, record
from tests.support.runs import Phones, deliver, detect


@pytest.fixture
def college(college: College) -> College:
    """Send one text, as message-1."""
    college.absence()
    detect(college)
    deliver(college, Phones())
    return college


def test_a_success_marks_the_text_delivered(college: College) -> None:
    assert record(college, a_receipt()) == {"receipts": 1, "delivered": 1}
    text = college.the_text()
    assert (text["state"], text["delivered_at"]) == (State.DELIVERED, at("11:35").utc)


def test_a_failure_marks_the_text_undelivered_with_the_reason(college: College) -> None:
    assert record(college, a_receipt(failed=UNREACHABLE)) == {"receipts": 1, "undelivered": 1}
    text = college.the_text()
    assert (text["state"], text["reason"]) == (State.UNDELIVERED, "phone_unreachable")


def test_a_text_over_the_months_spend_limit_is_known_to_be_undelivered(college: College) -> None:
    record(college, a_receipt(failed="No quota left for account"))
    assert college.the_text()["reason"] == "spend_limit_reached"


def test_words_that_are_new_to_us_are_kept_and_counted(college: College) -> None:
    counts = record(college, a_receipt(failed="The mast was hit by lightning. " * 10))
    assert counts == {"receipts": 1, "new_reasons": 1, "undelivered": 1}
    assert college.the_text()["reason"] == ("The mast was hit by lightning. " * 10)[:191]


@pytest.mark.parametrize(
    "lines", [*permutations([a_receipt(), a_receipt(failed=UNREACHABLE)])], ids=["good", "bad"]
)
@pytest.mark.parametrize("apart", [True, False], ids=["apart", "together"])
def test_the_first_final_answer_wins(college: College, lines: list[str], *, apart: bool) -> None:
    for batch in [[line] for line in lines] if apart else [lines]:
        record(college, *batch)
    first = State.DELIVERED if "SUCCESS" in lines[0] else State.UNDELIVERED
    assert college.the_text()["state"] == first


def test_duplicates_do_no_harm(college: College) -> None:
    record(college, a_receipt(), a_receipt())
    before = college.the_text()
    assert record(college, a_receipt(), time="12:00") == {"receipts": 1, "already_known": 1}
    assert (college.the_text(), len(college.pastoral_logs())) == (before, 1)


def test_a_line_that_can_not_be_read_is_counted_and_loses_no_other(college: College) -> None:
    counts = record(college, "no JSON", '{"status": "SUCCESS"}', a_receipt())
    assert counts == {"malformed_receipts": 2, "receipts": 1, "delivered": 1}


def test_a_receipt_that_is_days_late_still_counts(college: College) -> None:
    record(college, a_receipt(), time="2026-11-26 11:00")
    assert college.the_text()["state"] == State.DELIVERED


def test_nothing_is_left_of_a_receipt_that_was_applied(college: College) -> None:
    record(college, a_receipt())
    assert kept(college) == []


def test_a_message_that_was_never_ours_is_forgotten_after_a_day(college: College) -> None:
    record(college, a_receipt("another-services"))
    assert kept(college) == ["another-services"]
    record(college, time="2026-11-24 11:36")
    assert kept(college) == []
    assert college.the_text()["state"] == State.SENT


@pytest.mark.parametrize(("day", "is_kept"), [("2026-11-27", True), ("2026-11-28", False)])
def test_nothing_is_kept_of_the_phone_once_no_receipt_can_come(
    college: College, day: str, *, is_kept: bool
) -> None:
    record(college, time=f"{day} 09:00")
    assert (college.the_text()["recipient"] is not None) == is_kept


def kept(college: College) -> list[str]:
    with college.database.cursor() as cursor:
        cursor.execute("SELECT sns_message_id FROM delivery_receipts")
        return [row["sns_message_id"] for row in cursor.fetchall()]
