"""resend: only a person sends a text again that is in doubt or failed."""

import pytest

from absence_texts.ledger import RESENDABLE, State
from tests.integration.ops.conftest import CommandLine
from tests.support.college import College
from tests.support.runs import MemoryQueue, Phones, deliver, detect


@pytest.fixture
def college(college: College) -> College:
    """Return a college of one text, which SNS took though its answer was lost."""
    college.absence()
    college.change("guardians", "TRUE", mobile="07700 900123")
    detect(college)
    deliver(college, Phones.in_doubt())
    return college


def resend(ops: CommandLine, college: College, *, confirm: bool = True) -> str:
    return ops(f"resend --text {college.the_text_id()}{' --confirm' * confirm}")


def send(college: College, time: str = "12:55") -> list[tuple[str, str]]:
    """Run detection and deliver whatever it queues; return the texts that left."""
    queue, phones = MemoryQueue(), Phones()
    detect(college, time, queue=queue)
    for text_id in queue.jobs:
        deliver(college, phones, time=time, text_id=text_id)
    return phones.texts


def test_without_confirmation_it_tells_the_risk_and_does_nothing(
    college: College, ops: CommandLine
) -> None:
    shown = resend(ops, college, confirm=False)
    assert ops.code == 1
    assert "11:31" in shown
    assert "TWICE" in shown
    assert "--confirm" in shown
    assert "…123" in shown
    assert "900123" not in shown
    assert college.the_text()["state"] == State.IN_DOUBT
    assert send(college) == []


def test_confirmed_a_text_in_doubt_goes_the_usual_way_once_more(
    college: College, ops: CommandLine
) -> None:
    resend(ops, college)
    assert (ops.code, college.the_text()["state"]) == (0, State.PENDING)
    assert len(send(college)) == 1
    assert (college.the_text()["state"], len(college.pastoral_logs())) == (State.SENT, 1)
    resend(ops, college)
    assert (ops.code, college.the_text()["state"]) == (1, State.SENT)


def test_a_failed_text_is_resent_when_its_mobile_was_corrected(
    college: College, ops: CommandLine
) -> None:
    college.change("absence_texts", "TRUE", state=State.FAILED, in_doubt_at=None)
    assert "TWICE" not in resend(ops, college)
    assert len(send(college)) == 1


def test_a_resent_text_is_checked_again_like_any_other(college: College, ops: CommandLine) -> None:
    resend(ops, college)
    college.change("guardian_students", "TRUE", status="suspended")
    assert send(college) == []
    assert (college.the_text()["state"], college.the_text()["reason"]) == (
        State.CANCELLED,
        "link_active",
    )


def test_what_may_have_left_uses_up_the_day_and_stays_listed_though_cancelled(
    college: College, ops: CommandLine
) -> None:
    resend(ops, college)
    student = college.the_text()["student_id"]
    college.change("register_marks", "TRUE", mark="/")
    send(college)
    college.mark(student, college.lesson("11:20", "12:20"), marked_at="11:25")
    assert send(college, "13:00") == []
    assert college.the_text()["state"] == State.CANCELLED
    assert str(college.the_text_id()) in ops("unreached")


@pytest.mark.parametrize("state", sorted(set(State) - RESENDABLE))
def test_a_text_in_any_other_state_is_refused(
    college: College, ops: CommandLine, state: State
) -> None:
    college.change("absence_texts", "TRUE", state=state)
    assert state in resend(ops, college)
    assert (ops.code, college.the_text()["state"]) == (1, state)


def test_yesterdays_text_is_refused(college: College, ops: CommandLine) -> None:
    college.change("absence_texts", "TRUE", absence_date="2026-11-22")
    assert "2026-11-22" in resend(ops, college)
    assert (ops.code, college.the_text()["state"]) == (1, State.IN_DOUBT)


def test_after_the_sending_window_it_is_refused(
    college: College, ops: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDING_WINDOW_CLOSES", "12:50")
    assert "12:50" in resend(ops, college)
    assert (ops.code, college.the_text()["state"]) == (1, State.IN_DOUBT)


def test_an_unknown_id_is_refused(college: College, ops: CommandLine) -> None:
    assert "999999" in ops("resend --text 999999 --confirm")
    assert (ops.code, college.the_text()["state"]) == (1, State.IN_DOUBT)
