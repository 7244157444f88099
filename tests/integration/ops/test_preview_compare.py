"""preview --compare: the texts that should have left by some instant, and those that did."""

import re

from absence_texts.database import execute
from absence_texts.identifiers import StudentId
from tests.integration.ops.conftest import CommandLine, cells
from tests.support.college import College
from tests.support.runs import Phones, deliver, detect


def sent(college: College, time: str = "11:31") -> StudentId:
    """Add an absence whose text leaves; return the student."""
    student, _, _ = college.absence()
    detect(college)
    deliver(college, Phones(), time=time)
    return student


def counts(shown: str) -> tuple[str, str]:
    """Return how many texts should have left, and how many did."""
    expected, left = re.findall(r"(\w+) texts?\b", shown.splitlines()[0])
    return expected, left


def test_compare_shows_nothing_when_what_should_be_sent_was(
    college: College, ops: CommandLine
) -> None:
    sent(college)
    shown = ops("preview --compare")
    assert counts(shown) == ("1", "1")
    assert cells(shown) == []


def test_compare_shows_what_is_not_out(college: College, ops: CommandLine) -> None:
    college.absence()
    shown = ops("preview --compare")
    assert counts(shown) == ("1", "no")
    assert cells(shown)[0][7:] == ["no text", ""]


def test_compare_shows_what_was_sent_and_would_not_be_now(
    college: College, ops: CommandLine
) -> None:
    sent(college)
    college.change("register_marks", "TRUE", mark="/")
    assert [row[-1] for row in cells(ops("preview --compare"))] == ["no text"]


def test_compare_shows_of_what_is_not_out_where_it_stands(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    detect(college)
    deliver(college, Phones.in_doubt())
    shown = ops("preview --compare")
    assert cells(shown)[0][7:] == ["in_doubt", "ReadTimeoutError"]


def test_compare_demands_no_second_text_when_the_first_was_about_another_lesson(
    college: College, ops: CommandLine
) -> None:
    student = sent(college)
    college.change("register_marks", "TRUE", mark="/")
    college.mark(student, college.lesson("11:20", "12:20"), marked_at="11:25")
    shown = ops("preview --compare")
    ((_, _, lesson, *_, instead),) = cells(shown)
    assert lesson == "10:10"
    assert "11:20" in instead


def test_compare_shows_a_text_whose_lesson_is_gone(college: College, ops: CommandLine) -> None:
    sent(college)
    execute(college.database, "SET foreign_key_checks = 0", {})
    execute(college.database, "DELETE FROM lessons", {})
    assert cells(ops("preview --compare"))[0][2::6] == ["gone", "no text"]


def test_what_left_after_the_instant_is_not_sent_by_then(
    college: College, ops: CommandLine
) -> None:
    sent(college, "11:46")
    shown = ops("preview --compare --as-of 11:45")
    assert counts(shown) == ("1", "no")
    assert cells(shown)[0][7:] == ["sent", "sent 11:46"]
    assert counts(ops("preview --compare --as-of 11:46")) == ("1", "1")
