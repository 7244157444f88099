"""Who is texted in a trial and in a test stage, and the most that leaves on one day."""

from typing import Any

import pytest

from absence_texts.ledger import State
from tests.support.college import College
from tests.support.runs import Phones, deliver, detect

REAL_MOBILE = "+447911123456"


@pytest.fixture
def phones() -> Phones:
    return Phones()


def outcomes(
    college: College,
    phones: Phones,
    **settings: Any,  # noqa: ANN401 (each setting its own type)
) -> list[tuple[str, str | None]]:
    """Deliver every text, and return how each ended and why."""
    detect(college)
    for text in college.texts():
        deliver(college, phones, text_id=text["id"], **settings)
    return [(text["state"], text["reason"]) for text in college.texts()]


def test_a_trial_texts_its_students_and_guardians_and_records_the_others(
    college: College, phones: Phones
) -> None:
    student, _, _ = college.absence()
    _, guardian, _ = college.absence()
    college.absence()
    college.change("students", f"student_id = {student}", reference="STE04049635")
    found = outcomes(
        college, phones, pilot_students="STE04049635, STE04049636", pilot_guardians=str(guardian)
    )
    assert found == [
        (State.SENT, None),
        (State.SENT, None),
        (State.WOULD_SEND, "not_in_pilot"),
    ]
    assert len(college.pastoral_logs()) == len(phones.texts) == 2


def test_what_would_have_been_sent_is_not_claimed_again(college: College, phones: Phones) -> None:
    college.absence()
    outcomes(college, phones, pilot_students="STE04049635")
    counts = detect(college, "11:35")
    assert (counts["claimed"], counts["claimed_again"], counts["queued"]) == (0, 0, 0)
    assert deliver(college, phones, time="11:36") == "already_taken"


@pytest.mark.parametrize("stage", ["local", "pilot"])
def test_a_stage_other_than_live_texts_no_real_phone_that_is_not_listed(
    college: College, phones: Phones, stage: str
) -> None:
    college.absence()
    college.change("guardians", "TRUE", mobile="07911 123456")
    assert outcomes(college, phones, stage=stage, listed_mobiles="+447911000000") == [
        (State.WOULD_SEND, "mobile_not_listed")
    ]
    assert phones.texts == []


@pytest.mark.parametrize(
    ("stage", "listed"), [("pilot", f"{REAL_MOBILE},+447911000000"), ("live", "")]
)
def test_a_listed_phone_is_texted_and_in_live_every_phone(
    college: College, phones: Phones, stage: str, listed: str
) -> None:
    college.absence()
    college.change("guardians", "TRUE", mobile="07911 123456")
    found = outcomes(
        college, phones, stage=stage, listed_mobiles=listed, accept_fictional_mobiles=False
    )
    assert found == [(State.SENT, None)]
    assert phones.texts[0][0] == REAL_MOBILE


def test_no_more_texts_leave_on_a_day_than_its_fuse_allows(
    college: College, phones: Phones
) -> None:
    for _ in range(3):
        college.absence()
    assert outcomes(college, phones, texts_per_day="2") == [
        (State.SENT, None),
        (State.SENT, None),
        (State.FAILED, "day_is_full"),
    ]


def test_a_text_that_may_have_left_counts_towards_the_day(college: College) -> None:
    for _ in range(2):
        college.absence()
    assert outcomes(college, Phones.in_doubt(), texts_per_day="1") == [
        (State.IN_DOUBT, "ReadTimeoutError"),
        (State.FAILED, "day_is_full"),
    ]


def test_yesterdays_texts_and_those_that_never_left_do_not_count(
    college: College, phones: Phones
) -> None:
    for _ in range(3):
        college.absence()
    detect(college)
    first, second, _ = college.texts()
    college.change("absence_texts", f"id = {first['id']}", absence_date="2026-11-20", state="sent")
    college.change("absence_texts", f"id = {second['id']}", state="failed")
    assert deliver(college, phones, text_id=college.texts()[2]["id"], texts_per_day="1") == "sent"
