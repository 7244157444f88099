"""preview --compare: what should be out by some instant, held to what the ledger says is."""

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


def test_compare_shows_nothing_when_what_should_be_sent_was(
    college: College, ops: CommandLine
) -> None:
    sent(college)
    shown = ops("preview --compare")
    assert shown.strip() == "By 2026-11-23 12:50 there should be 1 text; 1 text went out."


def test_compare_shows_what_is_not_out(college: College, ops: CommandLine) -> None:
    college.absence()
    shown = ops("preview --compare")
    assert "there should be 1 text; no texts went out." in shown
    assert cells(shown)[0][4:] == ["no text", ""]


def test_compare_shows_what_was_sent_and_would_not_be_now(
    college: College, ops: CommandLine
) -> None:
    sent(college)
    college.change("register_marks", "TRUE", mark="/")
    assert "Sent, but would not be now" in ops("preview --compare")


def test_compare_shows_of_what_is_not_out_where_it_stands(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    detect(college)
    deliver(college, Phones.in_doubt())
    shown = ops("preview --compare")
    assert "Not out" in shown
    assert cells(shown)[0][4:] == ["in_doubt", "ReadTimeoutError"]


def test_compare_demands_no_second_text_when_the_first_was_about_another_lesson(
    college: College, ops: CommandLine
) -> None:
    student = sent(college)
    college.change("register_marks", "TRUE", mark="/")
    college.mark(student, college.lesson("11:20", "12:20"), marked_at="11:25")
    shown = ops("preview --compare")
    assert "Not out" not in shown
    assert "Sent, but would not be now" in shown
    assert (cells(shown)[0][1], cells(shown)[0][4]) == ("10:10", "about the lesson at 11:20")


def test_compare_shows_a_text_whose_lesson_is_gone(college: College, ops: CommandLine) -> None:
    sent(college)
    execute(college.database, "SET foreign_key_checks = 0", {})
    execute(college.database, "DELETE FROM lessons", {})
    assert (cells(ops("preview --compare"))[0][1::3]) == ["gone", "no text"]


def test_what_left_after_the_instant_was_not_out_by_then(
    college: College, ops: CommandLine
) -> None:
    sent(college, "11:46")
    shown = ops("preview --compare --as-of 11:45")
    assert "there should be 1 text; no texts went out." in shown
    assert cells(shown)[0][4:] == ["sent", "sent 11:46"]
    assert "1 text went out." in ops("preview --compare --as-of 11:46")
