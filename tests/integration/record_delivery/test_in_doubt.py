"""A text in doubt is settled by evidence: a receipt for its number inside its claim's window."""

import pytest
from pymysql import IntegrityError

from absence_texts.database import execute, fetch_all
from absence_texts.ledger import State
from send_sms.sms import PublishError, Verdict
from tests.integration.record_delivery.texts_in_doubt import (
    MOBILE,
    absences,
    send_and_die,
    send_in_doubt,
    states,
)
from tests.support.college import College
from tests.support.receipts import UNREACHABLE, a_receipt, record
from tests.support.runs import Phones, deliver, detect


class AnsweringTooLate(Phones):
    def publish(self, mobile: str, message: str) -> str:
        super().publish(mobile, message)
        raise PublishError(Verdict.IN_DOUBT, "ReadTimeoutError")


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
    assert (text["state"], text["provider_message_id"]) == (state, "message-1")
    (log,) = college.pastoral_logs()
    assert "did not attend their lesson today at 10:10." in log["entry"]
    assert log["logged_at"].isoformat(sep=" ") == "2026-11-23 11:31:01.558000"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE lessons SET starts_at = starts_at + INTERVAL 15 MINUTE",
        "UPDATE students SET reference = 'STE99999999'",
        "UPDATE guardians SET mobile = NULL",
        "UPDATE guardians SET mobile = '07700 900124'",
        "DELETE FROM guardians",
        "DELETE FROM students",
        "DELETE FROM lessons",
    ],
)
def test_whatever_changes_after_the_claim_the_log_holds_the_words_that_were_sent(
    college: College, change: str
) -> None:
    absences(college, "07700 900123")
    phones = AnsweringTooLate()
    deliver(college, phones)
    execute(college.database, "SET foreign_key_checks = 0", {})
    execute(college.database, change, {})
    record(college, a_receipt(mobile=MOBILE))
    (log,) = college.pastoral_logs()
    assert log["entry"].endswith(f": {phones.texts[0][1]}")


@pytest.mark.parametrize(
    "typed",
    ["07700900123", "+44 7700 900123", "0044 7700-900123", "(07700) 900 123", "07700 900123#2"],
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
    college.change("absence_texts", "TRUE", state=State.SENT, provider_message_id="message-1")
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
