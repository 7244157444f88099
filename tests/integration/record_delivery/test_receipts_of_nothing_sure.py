"""What is not certain is left alone: which text a receipt is of, or what its words were."""

import pytest

from absence_texts.database import fetch_all
from absence_texts.identifiers import AbsenceTextId
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


def test_a_text_whose_claim_stored_no_words_stays_in_doubt_and_its_receipt_waits(
    college: College,
) -> None:
    claimed_by_the_release_before(college)
    assert record(college, a_receipt(mobile=MOBILE)) == {"receipts": 1}
    assert (college.the_text()["state"], receipts(college)) == (State.IN_DOUBT, 1)


def test_a_text_whose_claim_stored_no_phone_may_be_any_receipts(college: College) -> None:
    another = another_text_in_doubt(college)
    claimed_by_the_release_before(college, f"id <> {another}")
    record(college, a_receipt(mobile=MOBILE))
    assert {text["state"] for text in college.texts()} == {State.IN_DOUBT}


def test_what_waits_in_vain_is_forgotten_after_a_day(college: College) -> None:
    claimed_by_the_release_before(college)
    record(college, a_receipt(mobile=MOBILE))
    record(college, time="2026-11-24 11:40")
    assert receipts(college) == 0


def claimed_by_the_release_before(college: College, which: str = "TRUE") -> None:
    college.change("absence_texts", which, message=None, recipient=None)


def another_text_in_doubt(college: College) -> AbsenceTextId:
    """Leave a text about another student to the same phone in doubt."""
    _, guardian, _ = college.absence()
    college.change("guardians", f"guardian_id = {guardian}", mobile=MOBILE)
    detect(college)
    text_id = AbsenceTextId(college.texts()[-1]["id"])
    deliver(college, Phones.in_doubt(), text_id=text_id)
    return text_id
