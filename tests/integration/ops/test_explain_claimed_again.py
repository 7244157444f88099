"""explain sets apart what became of a text before it was claimed a second time."""

from absence_texts.ledger import resend
from tests.integration.ops.conftest import CommandLine
from tests.support.college import College, at
from tests.support.runs import Phones, deliver, detect


def resent_text(college: College) -> None:
    """Have a text resent at 11:42:01 that has been in doubt since 11:35:07."""
    college.absence()
    detect(college, "11:30")
    deliver(college, Phones.in_doubt(), time="11:35:07")
    resend(college.database, college.the_text_id(), at("11:42:01"))


def lines(ops: CommandLine) -> list[str]:
    shown = ops("explain --student STE00000001").splitlines()
    return [line.lstrip("│├└─ ") for line in shown]


def test_a_text_that_was_resent_says_so(college: College, ops: CommandLine) -> None:
    resent_text(college)
    detect(college, "11:45")
    deliver(college, Phones(), time="11:46")
    told = lines(ops)
    assert "resent 11:42:01, queued 11:45, sending 11:46, sent 11:46" in told
    assert "earlier: in doubt 11:35:07" in told


def test_a_text_that_waits_to_be_resent_keeps_what_was_before_apart(
    college: College, ops: CommandLine
) -> None:
    resent_text(college)
    told = lines(ops)
    assert "resent 11:42:01" in told
    assert "earlier: queued 11:30, sending 11:35:07, in doubt 11:35:07" in told


def test_a_cancelled_text_claimed_for_another_lesson_does_not_lend_it_its_times(
    college: College, ops: CommandLine
) -> None:
    student, _, first = college.absence()
    detect(college, "11:30")
    college.change("register_marks", f"lesson_id = {first}", mark="/")
    deliver(college, Phones(), time="11:31")
    college.mark(student, college.lesson("11:20", "12:20"), marked_at="11:25")
    detect(college, "12:40")
    told = lines(ops)
    assert "claimed again 12:40, queued 12:40" in told
    assert "earlier, perhaps about another lesson: cancelled 11:31" in told


def test_a_text_that_a_pause_held_back_was_not_claimed_a_second_time(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    detect(college, "11:30")
    deliver(college, Phones(), time="11:31", paused=True)
    told = lines(ops)
    assert "waiting again 11:31" in told
    assert "earlier: queued 11:30" in told


def test_an_earlier_reason_is_not_lent_to_what_came_after(
    college: College, ops: CommandLine
) -> None:
    resent_text(college)
    assert "ReadTimeoutError" not in ops("explain --student STE00000001")
