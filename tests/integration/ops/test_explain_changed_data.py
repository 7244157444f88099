"""explain shows every text and every decision, whatever the college's data are now."""

import re

import pytest

from absence_texts.database import execute
from tests.integration.ops.conftest import CommandLine, answers
from tests.support.college import College
from tests.support.runs import Phones, deliver, detect


@pytest.fixture
def sent(college: College) -> College:
    """Return a college whose one text has left."""
    college.absence()
    detect(college, "11:35")
    deliver(college, Phones(), time="11:36")
    return college


SENT = "claimed 11:35, queued 11:35, sending 11:36, sent 11:36"


def test_a_text_is_shown_though_the_mark_was_corrected_afterwards(
    sent: College, ops: CommandLine
) -> None:
    sent.change("register_marks", "TRUE", mark="L")
    shown = ops("explain --student STE00000001")
    assert SENT in shown
    assert answers(shown) == {"absent": False}


def test_a_decision_is_shown_though_the_mark_was_corrected_afterwards(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    college.change("guardians", "TRUE", mobile="")
    detect(college)
    college.change("register_marks", "TRUE", mark="L")
    shown = ops("explain --student STE00000001")
    assert re.search("has_mobile .*11:30", shown)


def test_no_text_and_no_decision_is_told_of_an_absence_only(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    nothing = "no run has decided"
    assert nothing in ops("explain --student STE00000001")
    college.change("register_marks", "TRUE", mark="L")
    assert nothing not in ops("explain --student STE00000001")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("DELETE FROM register_marks", "no register mark"),
        ("DELETE FROM guardian_students", "not linked"),
        (
            "UPDATE lessons SET starts_at = starts_at + INTERVAL 1 DAY",
            "2026-11-24",
        ),
        ("DELETE FROM lessons", "the lesson no longer exists"),
    ],
)
def test_a_text_is_shown_though_what_it_was_about_is_gone(
    sent: College, ops: CommandLine, change: str, says: str
) -> None:
    execute(sent.database, "SET foreign_key_checks = 0", {})
    execute(sent.database, change, {})
    shown = ops("explain --student STE00000001")
    assert SENT in shown
    assert says in shown
    assert ops.code == 0


def test_a_lesson_that_was_moved_is_shown_with_its_date(sent: College, ops: CommandLine) -> None:
    execute(sent.database, "UPDATE lessons SET starts_at = starts_at + INTERVAL 1 DAY", {})
    assert "Lesson at 2026-11-24 10:10" in ops("explain --student STE00000001")


def test_the_words_of_a_text_are_shown_as_they_were_sent(sent: College, ops: CommandLine) -> None:
    execute(sent.database, "UPDATE lessons SET starts_at = '2026-11-23 10:25'", {})
    shown = " ".join(ops("explain --student STE00000001").split())
    assert "did not attend their lesson today at 10:10." in shown


def test_a_decision_is_shown_though_what_it_was_about_is_gone(
    college: College, ops: CommandLine
) -> None:
    _, guardian, _ = college.absence()
    college.change("guardians", "TRUE", mobile="")
    detect(college)
    execute(college.database, "DELETE FROM guardian_students", {})
    shown = ops(f"explain --student STE00000001 --guardian {guardian}")
    assert re.search("has_mobile .*11:30", shown)


def test_what_is_gone_stands_beside_what_is_there(sent: College, ops: CommandLine) -> None:
    student = sent.the_text()["student_id"]
    execute(sent.database, "DELETE FROM guardian_students", {})
    sent.link(sent.guardian(), student)
    shown = ops("explain --student STE00000001")
    assert shown.count("Lesson at 10:10") == 1
    assert shown.count("Guardian ") == 2
