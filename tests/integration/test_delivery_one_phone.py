"""One phone hears of one absence once, in however many accounts of the portal it is."""

from collections.abc import Sequence
from contextlib import suppress

import pytest

from absence_texts.identifiers import AbsenceTextId, GuardianId, StudentId
from absence_texts.ledger import State, resend
from absence_texts.vocabulary import Reason
from send_sms.claim import PhoneBusyError
from send_sms.sms import PublishError, Verdict
from tests.support.college import College, at
from tests.support.runs import Phones, deliver, detect

SPELLINGS = ("07700 900123", "+44 7700 900123")
THROTTLED = PublishError(Verdict.NOT_SENT, "Throttling")
REFUSED = PublishError(Verdict.REFUSED, "OptedOut")


def an_absence(college: College, *mobiles: str) -> StudentId:
    """Add an absence of a student who has one guardian for each mobile, and run detection."""
    student, lesson = college.student(), college.lesson()
    college.mark(student, lesson)
    for mobile in mobiles:
        link(college, student, mobile)
    detect(college)
    return student


def link(college: College, student: StudentId, mobile: str) -> GuardianId:
    guardian = college.guardian(mobile=mobile)
    college.link(guardian, student)
    return guardian


def ids(college: College) -> Sequence[AbsenceTextId]:
    return [AbsenceTextId(text["id"]) for text in college.texts()]


def outcomes(college: College) -> list[tuple[str, str | None]]:
    return [(text["state"], text["reason"]) for text in college.texts()]


def test_the_second_text_about_one_absence_to_one_phone_ends_with_its_own_reason(
    college: College,
) -> None:
    an_absence(college, *SPELLINGS)
    phones = Phones()
    for text_id in ids(college):
        deliver(college, phones, text_id=text_id)
    assert len(phones.texts) == len(college.pastoral_logs()) == 1
    assert outcomes(college) == [(State.SENT, None), (State.CANCELLED, Reason.PHONE_ALREADY_TOLD)]


def test_a_text_that_ended_so_is_not_claimed_again_that_day(college: College) -> None:
    student = an_absence(college, *SPELLINGS)
    for text_id in ids(college):
        deliver(college, Phones(), text_id=text_id)
    later = college.lesson("11:20", "12:20")
    college.mark(student, later)
    assert detect(college, "12:45")["claimed_again"] == 0


def test_an_account_that_replaces_another_during_the_day_is_not_texted(college: College) -> None:
    student = an_absence(college, SPELLINGS[0])
    deliver(college, Phones())
    college.database.query("DELETE FROM guardian_students")
    link(college, student, SPELLINGS[1])
    assert detect(college, "12:00")["claimed"] == 1
    assert deliver(college, phones := Phones(), time="12:01", text_id=ids(college)[1]) == (
        State.CANCELLED
    )
    assert phones.texts == []


def test_one_phone_hears_of_each_child_and_on_each_day(college: College) -> None:
    an_absence(college, SPELLINGS[0])
    an_absence(college, SPELLINGS[1])
    phones = Phones()
    for text_id in ids(college):
        deliver(college, phones, text_id=text_id)
    college.change("absence_texts", "TRUE", absence_date="2026-11-20")
    detect(college, "12:00")
    for text_id in ids(college)[2:]:
        deliver(college, phones, time="12:01", text_id=text_id)
    assert len(phones.texts) == 4


@pytest.mark.parametrize(
    ("error", "state"), [(THROTTLED, State.QUEUED), (REFUSED, State.FAILED)], ids=["later", "never"]
)
def test_a_text_that_certainly_did_not_leave_holds_no_phone(
    college: College, error: PublishError, state: State
) -> None:
    an_absence(college, *SPELLINGS)
    first, second = ids(college)
    with suppress(PublishError):
        deliver(college, Phones(fails_with=error), text_id=first)
    assert deliver(college, Phones(), text_id=second) == State.SENT
    assert [text["state"] for text in college.texts()] == [state, State.SENT]


def test_a_text_that_may_have_left_holds_its_phone(college: College) -> None:
    an_absence(college, *SPELLINGS)
    first, second = ids(college)
    deliver(college, Phones.in_doubt(), text_id=first)
    assert deliver(college, Phones(), text_id=second) == State.CANCELLED


def test_a_resent_text_that_is_throttled_holds_the_phone_that_it_may_have_reached_before(
    college: College,
) -> None:
    an_absence(college, *SPELLINGS)
    first, second = ids(college)
    deliver(college, Phones.in_doubt(), text_id=first)
    resend(college.database, first, at("11:40"))
    with pytest.raises(PublishError):
        deliver(college, Phones(fails_with=THROTTLED), time="11:45", text_id=first)
    assert deliver(college, Phones(), time="11:46", text_id=second) == State.CANCELLED
    assert deliver(college, Phones(), time="11:50", text_id=first) == State.SENT


def test_while_another_sender_has_the_phone_a_job_waits_for_what_comes_of_it(
    college: College,
) -> None:
    an_absence(college, *SPELLINGS)
    first, second = ids(college)

    class PhonesWithASecondSender(Phones):
        def publish(self, _mobile: str, _message: str) -> str:
            with pytest.raises(PhoneBusyError):
                deliver(college, Phones(), text_id=second)
            raise REFUSED

    deliver(college, PhonesWithASecondSender(), text_id=first)
    assert outcomes(college) == [(State.FAILED, "OptedOut"), (State.QUEUED, None)]
    assert deliver(college, Phones(), time="11:40", text_id=second) == State.SENT
