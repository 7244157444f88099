"""What is not sure is left alone: which text a receipt is of, or what its words were."""

import pytest

from absence_texts.database import execute, fetch_all
from absence_texts.ledger import State
from tests.support.college import College
from tests.support.receipts import UNREACHABLE, a_receipt, record
from tests.support.runs import Phones, deliver, detect

MOBILE = "+447700900123"


@pytest.fixture
def college(college: College) -> College:
    """Return a college with one text in doubt."""
    _, guardian, _ = college.absence()
    college.change("guardians", f"guardian_id = {guardian}", mobile=MOBILE)
    detect(college)
    deliver(college, Phones.in_doubt())
    return college


def receipts(college: College) -> int:
    return len(fetch_all(college.database, "SELECT * FROM delivery_receipts", {}))


def test_of_two_receipts_nobody_knows_which_is_of_the_one_text_in_doubt(college: College) -> None:
    record(
        college,
        a_receipt("first", failed=UNREACHABLE, mobile=MOBILE),
        a_receipt("second", mobile=MOBILE),
    )
    assert college.the_text()["state"] == State.IN_DOUBT


@pytest.mark.parametrize(
    "change",
    ["UPDATE students SET reference = 'STŁ1'", "DELETE FROM students", "DELETE FROM lessons"],
)
def test_a_text_whose_words_are_gone_stays_in_doubt_and_its_receipt_waits(
    college: College, change: str
) -> None:
    execute(college.database, "SET foreign_key_checks = 0", {})
    execute(college.database, change, {})
    assert record(college, a_receipt(mobile=MOBILE)) == {"receipts": 1}
    assert (college.the_text()["state"], receipts(college)) == (State.IN_DOUBT, 1)


def test_what_waits_in_vain_is_forgotten_after_a_day(college: College) -> None:
    execute(college.database, "UPDATE students SET reference = 'STŁ1'", {})
    record(college, a_receipt(mobile=MOBILE))
    record(college, time="2026-11-24 11:40")
    assert receipts(college) == 0
