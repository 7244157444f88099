"""unreached: the day's list of guardians to ring."""

import pytest

from absence_texts.database import Value
from absence_texts.ledger import State
from send_sms.sms import PublishError, Verdict
from tests.integration.ops.conftest import CommandLine, cells
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
            *(str(text["id"]), "STE00000001", "10:10", str(text["guardian_id"]), "…123"),
            *("in_doubt", "ReadTimeoutError"),
        ]
    ]
    assert "900123" not in shown


def test_a_text_that_failed_is_listed_with_its_reason(college: College, ops: CommandLine) -> None:
    a_text(college, Phones(), mobile="0161 496 0000")
    assert cells(ops("unreached"))[0][5:] == [State.FAILED, "not_a_mobile"]


def test_a_text_that_the_carrier_could_not_deliver_is_listed(
    college: College, ops: CommandLine
) -> None:
    a_text(college, Phones())
    record(college, a_receipt(failed=UNREACHABLE))
    assert cells(ops("unreached"))[0][5:] == [State.UNDELIVERED, "phone_unreachable"]


def test_a_text_in_doubt_that_a_receipt_settled_is_no_longer_listed(
    college: College, ops: CommandLine
) -> None:
    a_text(college, Phones.in_doubt())
    record(college, a_receipt(mobile="+447700900123"))
    assert cells(ops("unreached")) == []


def test_a_reason_is_never_cut_however_narrow_the_terminal(
    college: College, ops: CommandLine
) -> None:
    a_text(college, Phones(fails_with=PublishError(Verdict.IN_DOUBT, "sender_never_came_back")))
    ops.width = 80
    *_, reasons = zip(*cells(ops("unreached")), strict=True)
    assert "".join(reasons) == "sender_never_came_back"


def test_a_text_that_a_pause_kept_until_the_window_closed_is_listed(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    detect(college, "11:30", paused=True)
    detect(college, "20:00", paused=True)
    ops.now = at("20:05")
    assert cells(ops("unreached"))[0][5:] == [State.CANCELLED, "window_closed"]


def test_a_text_that_a_pause_kept_until_the_day_was_over_is_listed(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    detect(college, "11:30", paused=True)
    detect(college, "2026-11-24 08:00")
    ops.now = at("2026-11-24 08:05")
    assert cells(ops(f"unreached --date {DAY}"))[0][5:] == [State.CANCELLED, "day_over"]


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


@pytest.mark.parametrize(("in_doubt_at", "listed"), [(f"{DAY} 11:31:00", 1), (None, 0)])
def test_a_text_in_doubt_that_was_resent_outside_the_trial_is_listed(
    college: College, ops: CommandLine, in_doubt_at: str | None, listed: int
) -> None:
    college.claim(*college.absence(), State.WOULD_SEND)
    college.change("absence_texts", "TRUE", in_doubt_at=in_doubt_at, reason="not_in_pilot")
    assert len(cells(ops("unreached"))) == listed


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
    ((text, _, _, listed, _, state, why),) = cells(ops("unreached"))
    assert (text, listed, state, why) == ("", str(guardian), "no text", reason)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("students", {"status": "L16"}),
        ("guardians", {"mobile": None}),
        ("guardian_students", {"status": "suspended"}),
        ("register_marks", {"marked_at": f"{DAY} 19:55:00"}),
    ],
)
def test_an_absence_that_nobody_should_be_texted_about_is_not_listed(
    college: College, ops: CommandLine, table: str, columns: dict[str, Value]
) -> None:
    college.absence()
    college.change("lessons", "TRUE", ends_at=f"{DAY} 19:50:00")
    ops.now = at("20:10")
    assert len(cells(ops("unreached"))) == 1
    college.change(table, "TRUE", **columns)
    assert cells(ops("unreached")) == []


def test_a_guardian_who_was_told_of_another_lesson_is_not_listed(
    college: College, ops: CommandLine
) -> None:
    student, _, _ = college.absence()
    college.mark(student, college.lesson("09:00", "19:50"), marked_at="09:05")
    assert len(cells(ops("unreached"))) == 1
    detect(college)
    deliver(college, Phones())
    assert cells(ops("unreached")) == []


@pytest.mark.parametrize(("now", "listed"), [("12:50", 0), ("20:00", 1), ("2026-11-24 07:00", 1)])
def test_an_absence_that_no_run_claimed_is_listed_once_no_text_can_leave(
    college: College, ops: CommandLine, now: str, listed: int
) -> None:
    college.absence()
    ops.now = at(now)
    assert len(cells(ops(f"unreached --date {DAY}"))) == listed
