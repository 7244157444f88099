"""Several texts to one phone: no receipt settles one in doubt while it may be another's."""

from absence_texts.ledger import State, resend
from tests.integration.record_delivery.texts_in_doubt import (
    MOBILE,
    absences,
    send_and_die,
    send_in_doubt,
    states,
)
from tests.support.college import College, at
from tests.support.receipts import a_receipt, record
from tests.support.runs import Phones, deliver


def test_of_two_texts_to_one_number_one_receipt_can_not_say_which(college: College) -> None:
    absences(college, "07700 900123", "07700 900123")
    send_in_doubt(college, "11:31", "11:31")
    record(college, a_receipt(mobile=MOBILE))
    assert states(college) == [State.IN_DOUBT, State.IN_DOUBT]
    assert college.pastoral_logs() == ()


def test_of_two_texts_to_one_number_two_receipts_settle_both(college: College) -> None:
    absences(college, "07700 900123", "07700 900123")
    send_in_doubt(college, "11:31", "11:31")
    record(college, a_receipt("first", mobile=MOBILE))
    record(college, a_receipt("second", mobile=MOBILE, published="11:31:08"))
    assert states(college) == [State.DELIVERED, State.DELIVERED]
    assert len(college.pastoral_logs()) == 2


def test_a_receipt_from_before_the_second_claim_is_the_first_texts(college: College) -> None:
    absences(college, "07700 900123", "07700 900123")
    send_in_doubt(college, "11:31", "11:32")
    record(college, a_receipt(mobile=MOBILE, published="11:31:20"))
    assert states(college) == [State.DELIVERED, State.IN_DOUBT]


def test_the_receipt_of_a_text_still_being_sent_settles_no_other(college: College) -> None:
    absences(college, "07700 900123", "07700 900123")
    send_and_die(college)
    deliver(college, Phones.in_doubt(), text_id=college.texts()[1]["id"])
    record(college, a_receipt(mobile=MOBILE))
    assert states(college) == [State.SENDING, State.IN_DOUBT]


def test_a_receipt_of_a_text_that_was_sent_settles_no_other(college: College) -> None:
    absences(college, "07700 900123", "07700 900123")
    first, second = college.texts()
    deliver(college, Phones.in_doubt(), text_id=first["id"])
    deliver(college, Phones(), text_id=second["id"])
    record(college, a_receipt(mobile=MOBILE))
    assert states(college) == [State.IN_DOUBT, State.DELIVERED]


def test_a_late_receipt_of_a_resent_text_settles_no_other_text_to_the_same_phone(
    college: College,
) -> None:
    absences(college, MOBILE, MOBILE)
    send_in_doubt(college, "11:31", "11:32")
    resent, other = (text["id"] for text in college.texts())
    resend(college.database, resent, at("11:50"))
    record(college, a_receipt("first", published="11:32:30", mobile=MOBILE), time="11:55")
    assert states(college) == [State.PENDING, State.IN_DOUBT]
    deliver(college, Phones(), time="11:56", text_id=resent)
    record(college, a_receipt("another", published="11:32:30", mobile=MOBILE), time="12:10")
    assert college.texts()[1]["id"] == other
    assert states(college) == [State.SENT, State.IN_DOUBT]


def test_a_receipt_that_waits_settles_nothing_once_one_of_its_texts_is_resent(
    college: College,
) -> None:
    absences(college, MOBILE, MOBILE)
    send_in_doubt(college, "11:31", "11:32")
    record(college, a_receipt(published="11:32:30", mobile=MOBILE), time="11:40")
    resend(college.database, college.texts()[0]["id"], at("11:50"))
    record(college, time="11:55")
    assert states(college) == [State.PENDING, State.IN_DOUBT]
