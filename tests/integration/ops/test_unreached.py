"""unreached: the absent students about whom nobody at home was told."""

import pytest

from absence_texts.account import in_words
from absence_texts.database import Value
from absence_texts.ledger import State
from absence_texts.vocabulary import Reason
from send_sms.sms import PublishError, Verdict
from tests.integration.ops.conftest import CommandLine, cells, state_and_reason
from tests.support.college import DAY, College, at
from tests.support.receipts import UNREACHABLE, a_receipt, record
from tests.support.runs import Phones, deliver, detect


def a_text(college: College, phones: Phones, mobile: str = "07700 900123") -> None:
    college.absence()
    college.change("guardians", "TRUE", mobile=mobile)
    detect(college)
    deliver(college, phones)


def test_nobody_is_to_be_rung_when_every_text_went_out(college: College, ops: CommandLine) -> None:
    a_text(college, Phones())
    assert cells(ops("unreached")) == []


def test_a_text_in_doubt_is_listed_with_the_mobiles_last_digits_only(
    college: College, ops: CommandLine
) -> None:
    a_text(college, Phones.in_doubt())
    text = college.the_text()
    shown = ops("unreached")
    assert cells(shown) == [
        [
            *("STE00000001", "Ada Lovelace", "10:10", "not told"),
            *(str(text["guardian_id"]), "Byron", "no", "…123"),
            *(str(text["id"]), "in_doubt", "ReadTimeoutError"),
        ]
    ]
    assert "900123" not in shown


def test_a_text_that_failed_is_listed_with_its_reason(college: College, ops: CommandLine) -> None:
    a_text(college, Phones(), mobile="0161 496 0000")
    assert state_and_reason(ops("unreached")) == (State.FAILED, Reason.NOT_A_MOBILE.words)


def test_a_text_that_the_carrier_could_not_deliver_is_listed(
    college: College, ops: CommandLine
) -> None:
    a_text(college, Phones())
    record(college, a_receipt(failed=UNREACHABLE))
    assert state_and_reason(ops("unreached")) == (State.UNDELIVERED, Reason.PHONE_UNREACHABLE.words)


def test_a_text_in_doubt_that_a_receipt_settled_is_no_longer_listed(
    college: College, ops: CommandLine
) -> None:
    a_text(college, Phones.in_doubt())
    record(college, a_receipt(mobile="+447700900123"))
    assert cells(ops("unreached")) == []


def test_a_reason_is_never_cut_however_narrow_the_terminal(
    college: College, ops: CommandLine
) -> None:
    a_text(college, Phones(fails_with=PublishError(Verdict.IN_DOUBT, "AnErrorThatIsNew")))
    ops.width = 80
    *_, reasons = zip(*cells(ops("unreached")), strict=True)
    assert "".join(reasons) == "AnErrorThatIsNew"


def test_a_text_that_a_pause_kept_until_the_window_closed_is_listed(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    detect(college, "11:30", paused=True)
    detect(college, "20:00", paused=True)
    ops.now = at("20:05")
    assert state_and_reason(ops("unreached")) == (State.CANCELLED, Reason.WINDOW_CLOSED.words)


def test_a_text_that_a_pause_kept_until_the_day_was_over_is_listed(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    detect(college, "11:30", paused=True)
    detect(college, "2026-11-24 08:00")
    ops.now = at("2026-11-24 08:05")
    assert state_and_reason(ops(f"unreached --date {DAY}")) == (
        State.CANCELLED,
        Reason.DAY_OVER.words,
    )


def test_a_text_that_a_criterion_held_back_is_not_listed(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    detect(college)
    college.change("register_marks", "TRUE", mark="/")
    deliver(college, Phones())
    assert college.the_text()["state"] == State.CANCELLED
    assert cells(ops("unreached")) == []


@pytest.mark.parametrize("state", [State.PENDING, State.QUEUED, State.SENDING])
@pytest.mark.parametrize(("now", "listed"), [("12:50", 0), ("20:00", 1), ("2026-11-24 07:00", 1)])
def test_a_text_that_still_waits_is_listed_once_it_can_not_leave_any_more(
    college: College, ops: CommandLine, state: State, now: str, listed: int
) -> None:
    college.claim(*college.absence(), state)
    ops.now = at(now)
    assert len(cells(ops(f"unreached --date {DAY}"))) == listed


def test_a_text_outside_the_trial_is_listed_with_that_reason(
    college: College, ops: CommandLine
) -> None:
    college.claim(*college.absence(), State.WOULD_SEND)
    college.change("absence_texts", "TRUE", reason=Reason.NOT_IN_PILOT)
    assert state_and_reason(ops("unreached")) == (State.WOULD_SEND, Reason.NOT_IN_PILOT.words)


@pytest.mark.parametrize("words", ["unreached", "explain --student STE00000001", "doctor"])
def test_a_day_to_come_is_refused(college: College, ops: CommandLine, words: str) -> None:
    college.absence()
    shown = ops(f"{words} --date 2026-11-24")
    assert "2026-11-23" in shown
    assert ops.code == 2


@pytest.mark.parametrize(("date", "listed"), [("2026-11-23", 1), ("2026-11-22", 0)])
def test_the_list_is_of_one_day(college: College, ops: CommandLine, date: str, listed: int) -> None:
    a_text(college, Phones(), mobile="0161 496 0000")
    assert len(cells(ops(f"unreached --date {date}"))) == listed


@pytest.mark.parametrize(
    ("table", "columns", "reason"),
    [
        ("lessons", {"ends_at": f"{DAY} 10:10:00"}, "lesson_times_in_order"),
        ("lessons", {"ends_at": f"{DAY} 19:50:00"}, "can_leave_that_day"),
        ("lessons", {"ends_at": "2026-11-24 09:00:00"}, "can_leave_that_day"),
        ("register_marks", {"marked_at": None}, "mark_has_time"),
        ("students", {"reference": "STE 1Ł"}, "reference_fits"),
    ],
)
def test_an_absence_that_no_text_can_be_about_is_listed_with_the_recorded_reason(
    college: College, ops: CommandLine, table: str, columns: dict[str, Value], reason: str
) -> None:
    _, guardian, lesson = college.absence()
    college.change(table, "TRUE", **columns)
    detect(college)
    assert college.decisions() == {(lesson, guardian): reason}
    ((*_, listed, _, _, _, text, state, words),) = cells(ops("unreached"))
    assert (text, listed, state, words) == ("", str(guardian), "no text", in_words(reason))


@pytest.mark.parametrize(
    ("table", "columns", "criterion"),
    [
        ("guardians", {"mobile": None}, "has_mobile"),
        ("guardians", {"status": "suspended"}, "guardian_registered"),
        ("guardian_students", {"status": "suspended"}, "link_active"),
        ("guardian_students", {"hide_attendance": 1}, "attendance_shared"),
        ("register_marks", {"marked_at": f"{DAY} 11:30:00"}, "marked_in_time"),
    ],
)
def test_a_student_whose_guardian_is_not_texted_is_listed_with_the_criterion_in_words(
    college: College, ops: CommandLine, table: str, columns: dict[str, Value], criterion: str
) -> None:
    college.absence()
    college.change(table, "TRUE", **columns)
    detect(college, "12:00")
    assert state_and_reason(ops("unreached")) == ("no text", in_words(criterion))


def test_a_student_without_a_guardian_is_listed(college: College, ops: CommandLine) -> None:
    college.mark(college.student(), college.lesson())
    detect(college)
    ((reference, *_, guardian, _, _, mobile, _, state, words),) = cells(ops("unreached"))
    assert (reference, guardian, mobile) == ("STE00000001", "none", "none")
    assert (state, words) == ("no text", in_words("guardian_linked"))


def test_a_guardian_who_was_told_of_another_lesson_is_not_listed(
    college: College, ops: CommandLine
) -> None:
    student, _, _ = college.absence()
    college.mark(student, college.lesson("09:00", "19:50"), marked_at="09:05")
    detect(college)
    deliver(college, Phones())
    assert cells(ops("unreached")) == []
