"""A run holds what does not look like an ordinary day, and holds nothing else."""

import pytest

from absence_texts.ledger import release
from absence_texts.vocabulary import Reason
from tests.support.college import College, at
from tests.support.registers import SHARE_FROM, WHOLE, a_register, held, reasons, states_of
from tests.support.runs import MemoryQueue, Phones, deliver, detect


def test_a_register_on_which_everyone_is_absent_is_held_and_no_other(college: College) -> None:
    wrong = a_register(college, absent=WHOLE)
    right = a_register(college, absent=WHOLE, present=SHARE_FROM)
    queue = MemoryQueue()
    assert detect(college, queue=queue)["held"] == WHOLE
    assert (states_of(college, wrong), states_of(college, right)) == ({"held"}, {"queued"})
    assert reasons(college) == {Reason.EVERYONE_ABSENT, None}
    assert len(queue.jobs) == WHOLE


@pytest.mark.parametrize(
    ("absent", "present", "is_held"),
    [
        pytest.param(WHOLE - 1, 0, False, id="a small group"),
        pytest.param(WHOLE, 0, True, id="everyone"),
        pytest.param(WHOLE, 1, False, id="all but one of few"),
        pytest.param(SHARE_FROM - 1, 1, True, id="nearly everyone of enough"),
        pytest.param(SHARE_FROM * 4, SHARE_FROM, False, id="just the share"),
        pytest.param(SHARE_FROM * 4 + 1, SHARE_FROM, True, id="more than the share"),
    ],
)
def test_a_register_is_held_by_its_counts(
    college: College, *, absent: int, present: int, is_held: bool
) -> None:
    a_register(college, absent=absent, present=present)
    counts = detect(college, hold_texts_from=1000)
    assert counts["held"] == (absent if is_held else 0)


def test_a_student_who_is_on_the_register_without_a_mark_counts_as_present(
    college: College,
) -> None:
    lesson = a_register(college, absent=WHOLE)
    college.mark(college.student(), lesson, "", marked_at=None)
    assert detect(college)["held"] == 0


def test_a_held_text_is_neither_queued_nor_sent(college: College) -> None:
    a_register(college, absent=WHOLE)
    queue, phones = MemoryQueue(), Phones()
    for time in ("11:30", "11:35", "15:00"):
        detect(college, time, queue=queue)
    assert deliver(college, phones, text_id=held(college)[0]) == "already_taken"
    assert (queue.jobs, phones.texts, len(held(college))) == ([], [], WHOLE)


def test_a_released_text_is_queued_and_not_held_again(college: College) -> None:
    lesson = a_register(college, absent=WHOLE)
    detect(college)
    assert len(release(college.database, [lesson], at("11:40"))) == WHOLE
    queue = MemoryQueue()
    assert detect(college, "11:45", queue=queue)["held"] == 0
    assert len(queue.jobs) == WHOLE


def test_a_text_that_comes_later_about_a_released_register_is_not_held(college: College) -> None:
    lesson = a_register(college, absent=WHOLE)
    detect(college)
    release(college.database, [lesson], at("11:40"))
    (student, *_) = (text["student_id"] for text in college.texts())
    college.link(college.guardian(), student)
    assert detect(college, "11:45")["held"] == 0
    assert states_of(college, lesson) == {"queued"}


def test_a_corrected_register_cancels_its_held_texts(college: College) -> None:
    lesson = a_register(college, absent=WHOLE)
    detect(college)
    college.change("register_marks", f"lesson_id = {lesson}", mark="/")
    counts = detect(college, "11:35")
    assert (counts["corrected"], counts["held"]) == (WHOLE, 0)
    assert (states_of(college, lesson), reasons(college)) == ({"cancelled"}, {"absent"})


def test_a_text_of_a_corrected_register_can_tell_of_a_later_absence(college: College) -> None:
    wrong = a_register(college, absent=WHOLE)
    detect(college)
    college.change("register_marks", f"lesson_id = {wrong}", mark="/")
    (student, *_) = (text["student_id"] for text in college.texts())
    later = college.lesson("11:20", "12:20")
    college.mark(student, later, marked_at="11:25")
    detect(college, "12:45")
    assert states_of(college, later) == {"queued"}
    assert [text["held_at"] for text in college.texts() if text["lesson_id"] == later] == [None]


def test_a_held_text_is_cancelled_when_the_window_closes(college: College) -> None:
    a_register(college, absent=WHOLE)
    detect(college)
    assert detect(college, "20:00")["expired"] == WHOLE
    assert reasons(college) == {Reason.WINDOW_CLOSED}


def test_a_held_text_of_another_day_is_cancelled(college: College) -> None:
    a_register(college, absent=WHOLE)
    detect(college)
    detect(college, "2026-11-24 09:00")
    assert reasons(college) == {Reason.DAY_OVER}
