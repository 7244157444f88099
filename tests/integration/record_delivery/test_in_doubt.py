"""A text in doubt is settled by evidence: a receipt for its number inside its claim's window."""

from contextlib import suppress

import pytest
from pymysql import IntegrityError

from absence_texts.database import fetch_all
from absence_texts.ledger import State, resend
from tests.college import College, at
from tests.receipts import UNREACHABLE, a_receipt, record
from tests.runs import Phones, deliver, detect

MOBILE = "+447700900123"


class SenderKilledError(Exception):
    pass


class KilledPhones(Phones):
    """Takes a text and kills the sender before it hears of that."""

    def publish(self, mobile: str, message: str) -> str:
        super().publish(mobile, message)
        raise SenderKilledError


def absences(college: College, *mobiles: str) -> None:
    """Claim one text for each mobile."""
    for mobile in mobiles:
        _, guardian, _ = college.absence()
        college.change("guardians", f"guardian_id = {guardian}", mobile=mobile)
    detect(college)


def send_in_doubt(college: College, *times: str) -> None:
    """Send the texts, each at its time, without ever hearing from SNS."""
    for text, time in zip(college.texts(), times, strict=True):
        deliver(college, Phones.in_doubt(), time=time, text_id=text["id"])


def send_and_die(college: College) -> None:
    with suppress(SenderKilledError):
        deliver(college, KilledPhones(), time="11:31", text_id=college.texts()[0]["id"])


def states(college: College) -> list[str]:
    return [text["state"] for text in college.texts()]


@pytest.mark.parametrize(
    ("failed", "state"), [(None, State.DELIVERED), (UNREACHABLE, State.UNDELIVERED)]
)
def test_a_receipt_for_the_number_settles_it_with_its_pastoral_log(
    college: College, failed: str | None, state: State
) -> None:
    absences(college, "07700 900123")
    send_in_doubt(college, "11:31")
    counts = record(college, a_receipt(failed=failed, mobile=MOBILE))
    text = college.the_text()
    assert counts == {"receipts": 1, "settled": 1, state.value: 1}
    assert (text["state"], text["sns_message_id"]) == (state, "message-1")
    (log,) = college.pastoral_logs()
    assert "did not attend their lesson today at 10:10." in log["entry"]
    assert log["logged_at"].isoformat(sep=" ") == "2026-11-23 11:31:01.558000"


@pytest.mark.parametrize(
    "typed", ["07700900123", "+44 7700 900123", "0044 7700-900123", "(07700) 900 123"]
)
def test_the_number_is_the_same_however_it_was_typed(college: College, typed: str) -> None:
    absences(college, typed)
    send_in_doubt(college, "11:31")
    record(college, a_receipt(mobile=MOBILE))
    assert states(college) == [State.DELIVERED]


@pytest.mark.parametrize(
    ("published", "settles"),
    [
        ("11:30:54", False),
        ("11:30:55", True),
        ("11:31:00", True),
        ("11:35:59", True),
        ("11:36:01", False),
    ],
)
def test_only_what_was_published_inside_the_claims_window_settles_it(
    college: College, published: str, *, settles: bool
) -> None:
    absences(college, "07700 900123")
    send_in_doubt(college, "11:31")
    record(college, a_receipt(published=published, mobile=MOBILE))
    assert states(college) == [State.DELIVERED if settles else State.IN_DOUBT]


@pytest.mark.parametrize("mobile", ["+447700900124", "", "no number"])
def test_a_receipt_for_another_number_settles_nothing(college: College, mobile: str) -> None:
    absences(college, "07700 900123")
    send_in_doubt(college, "11:31")
    record(college, a_receipt(mobile=mobile))
    assert states(college) == [State.IN_DOUBT]


def test_a_receipt_that_is_here_before_sent_is_recorded_is_applied_later(college: College) -> None:
    absences(college, "07700 900123")
    send_and_die(college)
    record(college, a_receipt(mobile=MOBILE))
    assert states(college) == [State.SENDING]
    college.change("absence_texts", "TRUE", state=State.SENT, sns_message_id="message-1")
    record(college)
    assert states(college) == [State.DELIVERED]


def test_a_receipt_that_is_here_before_its_text_is_in_doubt_settles_it_later(
    college: College,
) -> None:
    absences(college, "07700 900123")
    send_and_die(college)
    record(college, a_receipt(mobile=MOBILE), time="11:32")
    detect(college, "11:37")
    assert states(college) == [State.IN_DOUBT]
    assert record(college, time="11:38") == {"settled": 1, "delivered": 1}
    assert len(college.pastoral_logs()) == 1


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


def test_settled_and_logged_are_committed_together(college: College) -> None:
    absences(college, "07700 900123")
    send_in_doubt(college, "11:31")
    college.database.query(
        "INSERT INTO pastoral_logs SELECT 1, id, 1, 1, 1, 'in the way', NOW() FROM absence_texts"
    )
    with pytest.raises(IntegrityError):
        record(college, a_receipt(mobile=MOBILE))
    assert states(college) == [State.IN_DOUBT]


def test_no_table_of_ours_ever_holds_a_number(college: College) -> None:
    absences(college, "07700 900123")
    send_and_die(college)
    record(college, a_receipt(mobile=MOBILE), a_receipt("foreign", mobile=MOBILE))
    held = "".join(
        str(fetch_all(college.database, f"SELECT * FROM {table}", {}))
        for table in ("absence_texts", "pastoral_logs", "delivery_receipts")
    )
    assert "foreign" in held
    assert "900123" not in held


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
