"""When a text may be claimed: clock changes, midnight, other zones, runs that were missed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from absence_texts.ledger import State
from tests.integration.property.product import Product
from tests.support.college import College
from tests.support.runs import detect

LONDON = ZoneInfo("Europe/London")
AUCKLAND = ZoneInfo("Pacific/Auckland")


def absent_from(college: College, starts: str, ends: str) -> None:
    student, _ = college.student_with_guardian()
    college.mark(student, college.lesson(starts, ends), marked_at=starts)


def run_at(college: College, utc: str, zone: ZoneInfo = LONDON) -> None:
    Product(college.database, zone).run(datetime.fromisoformat(utc).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("starts", "ends", "due_utc", "too_early_utc"),
    [
        pytest.param(
            *("2026-11-23 10:10", "2026-11-23 11:10"),
            *("2026-11-23 11:30:00", "2026-11-23 11:29:59"),
            id="winter",
        ),
        pytest.param(
            *("2026-06-01 10:10", "2026-06-01 11:10"),
            *("2026-06-01 10:30:00", "2026-06-01 10:29:59"),
            id="summer",
        ),
        pytest.param(
            *("2026-03-29 10:10", "2026-03-29 11:10"),
            *("2026-03-29 10:30:00", "2026-03-29 10:29:59"),
            id="the day the clocks went forward",
        ),
        pytest.param(
            *("2026-10-25 10:10", "2026-10-25 11:10"),
            *("2026-10-25 11:30:00", "2026-10-25 11:29:59"),
            id="the day the clocks went back",
        ),
        pytest.param(
            *("2026-10-25 00:20", "2026-10-25 01:20"),
            *("2026-10-25 01:40:00", "2026-10-25 01:39:59"),
            id="an end that the clock shows twice",
        ),
        pytest.param(
            *("2026-03-29 00:50", "2026-03-29 02:10"),
            *("2026-03-29 01:30:00", "2026-03-29 01:29:59"),
            id="a lesson over the hour that is skipped",
        ),
        pytest.param(
            *("2026-06-02 00:05", "2026-06-02 00:25"),
            *("2026-06-01 23:45:00", "2026-06-01 23:44:59"),
            id="already tomorrow in college, still today in UTC",
        ),
    ],
)
def test_a_text_is_claimed_never_before_twenty_minutes_after_the_end(
    college: College, starts: str, ends: str, due_utc: str, too_early_utc: str
) -> None:
    absent_from(college, starts, ends)
    run_at(college, too_early_utc)
    assert college.texts() == ()
    run_at(college, due_utc)
    assert str(college.the_text()["absence_date"]) == starts[:10]


def test_an_end_that_the_clock_shows_twice_is_not_taken_for_its_first_showing(
    college: College,
) -> None:
    absent_from(college, "2026-10-25 00:20", "2026-10-25 01:20")
    run_at(college, "2026-10-25 00:40:00")
    assert college.texts() == ()


def test_a_lesson_across_midnight_is_not_texted_about_the_next_day(college: College) -> None:
    absent_from(college, "2026-11-23 23:30", "2026-11-24 00:30")
    for utc in ("2026-11-23 23:59:59", "2026-11-24 00:50", "2026-11-24 09:00"):
        run_at(college, utc)
    assert college.texts() == ()


def test_a_lesson_across_midnight_does_not_use_up_the_next_day(college: College) -> None:
    student, _ = college.student_with_guardian()
    night = college.lesson("2026-11-22 23:30", "2026-11-23 00:30")
    college.mark(student, night, marked_at="2026-11-22 23:35")
    morning = college.lesson("10:10", "11:10")
    college.mark(student, morning)
    run_at(college, "2026-11-23 11:30")
    assert college.the_text()["lesson_id"] == morning


def test_at_midnight_the_day_is_over(college: College) -> None:
    absent_from(college, "2026-11-23 22:40", "2026-11-23 23:40")
    run_at(college, "2026-11-24 00:00:00")
    assert college.texts() == ()


@pytest.mark.parametrize(
    ("utc", "state", "reason"),
    [
        ("2026-11-23 19:59:59", State.QUEUED, None),
        ("2026-11-23 20:00:00", State.CANCELLED, "window_closed"),
    ],
)
def test_runs_missed_for_hours_are_caught_up_while_the_window_is_open_and_expired_after_it(
    college: College, utc: str, state: State, reason: str | None
) -> None:
    absent_from(college, "2026-11-23 10:10", "2026-11-23 11:10")
    run_at(college, utc)
    text = college.the_text()
    assert (text["state"], text["reason"]) == (state, reason)


def test_before_the_window_opens_a_text_waits(college: College) -> None:
    absent_from(college, "2026-11-23 06:30", "2026-11-23 07:30")
    run_at(college, "2026-11-23 07:59:59")
    assert college.the_text()["state"] == State.PENDING
    run_at(college, "2026-11-23 08:00:00")
    assert college.the_text()["state"] == State.QUEUED


def test_a_college_in_another_zone_has_its_own_day_and_window(college: College) -> None:
    absent_from(college, "2026-11-24 08:00", "2026-11-24 09:00")
    run_at(college, "2026-11-23 20:19:59", AUCKLAND)
    assert college.texts() == ()
    run_at(college, "2026-11-23 20:20:00", AUCKLAND)
    text = college.the_text()
    assert (text["state"], str(text["absence_date"])) == (State.QUEUED, "2026-11-24")


@pytest.mark.parametrize(("ends", "texted_about"), [("19:35", "event"), ("19:38", "lesson")])
def test_an_event_that_no_run_before_the_close_finds_does_not_use_up_the_day(
    college: College, ends: str, texted_about: str
) -> None:
    student, _, lesson = college.absence()
    event = college.lesson("09:00", ends)
    college.mark(student, event, marked_at="09:05")
    for time in ("11:30", "19:55", "20:00"):
        detect(college, time, minutes_between_runs=5)
    assert college.the_text()["lesson_id"] == {"event": event, "lesson": lesson}[texted_about]
