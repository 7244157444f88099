"""unreached: the day's list of whom to ring."""

import pytest

from absence_texts.ledger import State
from send_sms.sms import PublishError, Verdict
from tests.college import College
from tests.integration.ops.conftest import CommandLine, cells
from tests.receipts import UNREACHABLE, a_receipt, record
from tests.runs import Phones, deliver, detect


def a_text(college: College, phones: Phones, mobile: str = "07700 900123") -> None:
    college.absence()
    college.change("guardians", "TRUE", mobile=mobile)
    detect(college)
    deliver(college, phones)


def test_nobody_is_to_be_rung_when_every_text_went_out(college: College, ops: CommandLine) -> None:
    a_text(college, Phones())
    assert ops("unreached").strip() == "Of 2026-11-23 there is nobody to ring."


def test_a_text_in_doubt_is_listed_with_the_mobiles_last_digits_only(
    college: College, ops: CommandLine
) -> None:
    a_text(college, Phones(fails_with=PublishError(Verdict.IN_DOUBT, "ReadTimeoutError")))
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
    a_text(college, Phones(fails_with=PublishError(Verdict.IN_DOUBT, "ReadTimeoutError")))
    record(college, a_receipt(mobile="+447700900123"))
    assert "nobody to ring" in ops("unreached")


def test_a_reason_is_never_cut_however_narrow_the_terminal(
    college: College, ops: CommandLine
) -> None:
    a_text(college, Phones(fails_with=PublishError(Verdict.IN_DOUBT, "sender_never_came_back")))
    ops.width = 80
    *_, reasons = zip(*cells(ops("unreached")), strict=True)
    assert "".join(reasons) == "sender_never_came_back"


@pytest.mark.parametrize(("date", "listed"), [("2026-11-23", 1), ("2026-11-22", 0)])
def test_the_list_is_of_one_day(college: College, ops: CommandLine, date: str, listed: int) -> None:
    a_text(college, Phones(), mobile="0161 496 0000")
    assert len(cells(ops(f"unreached --date {date}"))) == listed
