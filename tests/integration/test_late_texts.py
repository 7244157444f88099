"""A stage may set how long after its lesson a text may still leave."""

import pytest

from tests.support.college import College
from tests.support.runs import Phones, deliver, detect

LATEST = 90


@pytest.mark.parametrize(("time", "claimed"), [("12:40", 1), ("12:40:01", 0)])
def test_no_text_is_claimed_after_the_limit(college: College, time: str, claimed: int) -> None:
    _, guardian, lesson = college.absence()
    assert detect(college, time, latest_minutes_after_lesson=LATEST)["claimed"] == claimed
    late = {(lesson, guardian): "not_too_late"}
    assert college.decisions() == ({} if claimed else late)


def test_without_a_limit_a_text_may_leave_until_the_window_closes(college: College) -> None:
    college.absence()
    assert detect(college, "19:55")["claimed"] == 1


def test_a_text_that_waited_too_long_is_cancelled_when_it_should_leave(college: College) -> None:
    college.absence()
    detect(college, "12:40", latest_minutes_after_lesson=LATEST)
    phones = Phones()
    deliver(college, phones, time="12:41", latest_minutes_after_lesson=str(LATEST))
    assert phones.texts == []
    assert college.the_text()["reason"] == "not_too_late"


def test_a_lesson_that_ended_too_long_ago_does_not_use_up_the_day(college: College) -> None:
    student, _, _ = college.absence()
    later = college.lesson("11:30", "12:30")
    college.mark(student, later, marked_at="11:35")
    detect(college, "12:50", latest_minutes_after_lesson=LATEST)
    assert college.the_text()["lesson_id"] == later


def test_another_reason_stays_the_reason_when_the_text_would_be_too_late(college: College) -> None:
    _, guardian, lesson = college.absence()
    college.change("guardians", "TRUE", mobile="")
    for time in ("11:30", "12:50"):
        detect(college, time, latest_minutes_after_lesson=LATEST)
        assert college.decisions() == {(lesson, guardian): "has_mobile"}
