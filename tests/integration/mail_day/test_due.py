"""Each mail leaves once, whatever the scheduler and SES do."""

from collections.abc import Mapping

import pytest

from mail_day.run import send_now, send_what_is_due
from tests.support.college import College, at
from tests.support.mails import mails_at, settings, switch


class SesIsDownError(Exception):
    """SES does not take the mail."""


def refuse(_message: bytes) -> None:
    raise SesIsDownError


def call(college: College, time: str) -> Mapping[str, int]:
    return send_what_is_due(
        college.database, settings(), at(time), read_switch=switch, send=lambda _mail: None
    )


def fail(college: College, time: str) -> None:
    with pytest.raises(SesIsDownError):
        send_what_is_due(college.database, settings(), at(time), read_switch=switch, send=refuse)


@pytest.mark.parametrize("time", ["00:00", "11:44:59"])
def test_before_its_time_no_mail_leaves_and_all_is_well(college: College, time: str) -> None:
    assert call(college, time) == {"mailed": 0, "mails_on_time": 1}


def test_each_time_of_the_day_has_one_mail(college: College) -> None:
    times = ("11:45", "11:45", "11:50", "15:29", "15:30", "15:35", "23:55")
    assert [len(mails_at(time, college)) for time in times] == [1, 0, 0, 0, 1, 0, 0]
    assert len(mails_at("2026-11-24 11:45", college)) == 1


def test_a_call_that_comes_late_sends_the_mail_all_the_same(college: College) -> None:
    assert len(mails_at("14:10", college)) == 1


def test_a_mail_that_was_missed_is_replaced_by_the_next(college: College) -> None:
    assert len(mails_at("15:40", college)) == 1
    assert mails_at("15:45", college) == []


def test_a_mail_that_ses_refused_is_sent_by_a_later_call(college: College) -> None:
    fail(college, "11:45")
    assert call(college, "11:46") == {"mailed": 0, "mails_on_time": 0}
    assert call(college, "11:50") == {"mailed": 1, "mails_on_time": 1}
    assert call(college, "11:55") == {"mailed": 0, "mails_on_time": 1}


def test_while_a_call_sends_the_mail_another_call_does_not(college: College) -> None:
    """The second call comes while SES takes the mail of the first one."""
    inner: list[Mapping[str, int]] = []
    outer = send_what_is_due(
        college.database,
        settings(),
        at("11:45"),
        read_switch=switch,
        send=lambda _mail: inner.append(call(college, "11:45:01")),
    )
    assert outer == {"mailed": 1, "mails_on_time": 1}
    assert inner == [{"mailed": 0, "mails_on_time": 0}]


def test_a_mail_that_a_person_asks_for_replaces_none(college: College) -> None:
    sent: list[bytes] = []
    for _ in range(2):
        send_now(college.database, settings(), at("11:50"), read_switch=switch, send=sent.append)
    assert len(sent) == 2
    assert len(mails_at("11:50", college)) == 1
