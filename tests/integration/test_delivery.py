"""One text: checked again, claimed, published once, recorded."""

from datetime import timedelta

import pytest
from pymysql import IntegrityError

from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import State
from send_sms.claimed_text import UnknownTextError
from send_sms.sms import PublishError, Verdict
from tests.support.college import DAY, College
from tests.support.runs import Phones, deliver, detect


@pytest.fixture
def college(college: College) -> College:
    college.absence()
    detect(college)
    return college


@pytest.fixture
def phones() -> Phones:
    return Phones()


def test_a_text_is_sent_and_its_pastoral_log_recorded(college: College, phones: Phones) -> None:
    college.change("students", "TRUE", reference="STE04049635")
    college.change("guardians", "TRUE", mobile="07700 900123")
    assert deliver(college, phones) == State.SENT
    message = (
        "Student STE04049635 did not attend their lesson today at 10:10. If this is a genuine "
        "absence, please notify us here: https://tinyurl.com/runabs"
    )
    assert phones.texts == [("+447700900123", message)]
    text = college.the_text()
    assert (text["state"], text["provider_message_id"], text["attempts"]) == (
        State.SENT,
        "message-1",
        1,
    )
    (log,) = college.pastoral_logs()
    assert log["absence_text_id"] == text["id"]
    assert message in log["entry"]


def test_a_sent_text_tells_how_long_ago_its_lesson_ended(college: College, phones: Phones) -> None:
    lags: list[timedelta] = []
    deliver(college, phones, time="11:33", note_lag=lags.append)
    assert lags == [timedelta(minutes=23)]


def test_a_duplicate_job_does_nothing(college: College, phones: Phones) -> None:
    deliver(college, phones)
    assert deliver(college, phones) == "already_taken"
    assert (len(phones.texts), len(college.pastoral_logs())) == (1, 1)


def test_a_job_may_arrive_before_its_row_is_marked_queued(college: College, phones: Phones) -> None:
    college.change("absence_texts", "TRUE", state="pending")
    assert deliver(college, phones) == State.SENT


@pytest.mark.parametrize(
    ("table", "column", "value", "criterion"),
    [
        ("register_marks", "mark", "/", "absent"),
        ("register_marks", "marked_at", f"{DAY} 11:15:00", "marked_in_time"),
        ("lessons", "ends_at", f"{DAY} 11:40:00", "due"),
        ("students", "status", "W16", "student_16_19"),
        ("guardians", "status", "suspended", "guardian_registered"),
        ("guardian_students", "status", "suspended", "link_active"),
        ("guardians", "mobile", "", "has_mobile"),
        ("guardian_students", "hide_attendance", 1, "attendance_shared"),
    ],
)
def test_a_criterion_that_no_longer_holds_cancels_the_text_by_name(
    college: College, phones: Phones, table: str, column: str, value: str | int, criterion: str
) -> None:
    college.change(table, "TRUE", **{column: value})
    assert deliver(college, phones) == State.CANCELLED
    assert college.the_text()["reason"] == criterion
    assert phones.texts == []
    assert college.pastoral_logs() == ()


def test_a_link_that_was_removed_cancels_the_text(college: College, phones: Phones) -> None:
    college.database.query("DELETE FROM guardian_students")
    assert deliver(college, phones) == State.CANCELLED
    assert college.the_text()["reason"] == "guardian_linked"


@pytest.mark.parametrize(
    ("time", "reason"),
    [("20:00", "window_closed"), ("2026-11-24 08:30", "day_over")],
)
def test_nothing_goes_out_after_its_window_or_day(
    college: College, phones: Phones, time: str, reason: str
) -> None:
    assert deliver(college, phones, time=time) == State.CANCELLED
    assert college.the_text()["reason"] == reason


def test_a_paused_text_waits(college: College, phones: Phones) -> None:
    assert deliver(college, phones, paused=True) == State.PENDING
    assert phones.texts == []
    assert detect(college, "11:35")["queued"] == 1
    assert deliver(college, phones, time="11:36") == State.SENT


def test_a_bad_mobile_is_a_failure_that_staff_can_read(college: College, phones: Phones) -> None:
    college.change("guardians", "TRUE", mobile="0161 496 0000")
    assert deliver(college, phones) == State.FAILED
    assert college.the_text()["reason"] == "not_a_mobile"


def test_a_refused_text_has_failed(college: College) -> None:
    phones = Phones(fails_with=PublishError(Verdict.REFUSED, "OptedOut"))
    assert deliver(college, phones) == State.FAILED
    assert college.the_text()["reason"] == "OptedOut"
    assert college.pastoral_logs() == ()


def test_a_text_that_certainly_did_not_leave_goes_back_to_the_queue(college: College) -> None:
    throttled = PublishError(Verdict.NOT_SENT, "Throttling")
    with pytest.raises(PublishError, match="Throttling"):
        deliver(college, Phones(fails_with=throttled))
    assert college.the_text()["state"] == State.QUEUED
    phones = Phones()
    assert deliver(college, phones, time="11:33") == State.SENT
    assert college.the_text()["attempts"] == 2


def test_a_text_in_doubt_is_never_sent_again_by_itself(college: College) -> None:
    assert deliver(college, Phones.in_doubt()) == State.IN_DOUBT
    phones = Phones()
    assert deliver(college, phones, time="11:33") == "already_taken"
    assert detect(college, "12:00")["queued"] == 0
    assert phones.texts == []


def test_sent_and_its_pastoral_log_are_committed_together(college: College, phones: Phones) -> None:
    college.database.query(
        "INSERT INTO pastoral_logs SELECT 1, id, 1, 1, 1, 'in the way', NOW() FROM absence_texts"
    )
    with pytest.raises(IntegrityError):
        deliver(college, phones)
    assert college.the_text()["state"] == State.SENDING


def test_a_job_for_an_unknown_text_is_an_error(college: College, phones: Phones) -> None:
    with pytest.raises(UnknownTextError):
        deliver(college, phones, text_id=AbsenceTextId(999))
