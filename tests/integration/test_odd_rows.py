"""One odd row of the college's is left out by itself, and the service says so."""

import pytest

from absence_texts.database import Row, execute
from detect_absences.run import run
from tests.support.college import College, at
from tests.support.runs import DETECTION, MemoryQueue, detect


@pytest.mark.parametrize(
    ("ends", "counts_as"),
    [
        pytest.param("23:59", "can_leave_that_day", id="an event of the whole day"),
        pytest.param("19:50", "can_leave_that_day", id="due after the sending window"),
        pytest.param("2026-11-24 01:00", "can_leave_that_day", id="over midnight"),
        pytest.param("09:00", "lesson_times_in_order", id="of no length"),
    ],
)
def test_a_mark_that_can_never_be_texted_about_does_not_use_up_the_day(
    college: College, ends: str, counts_as: str
) -> None:
    student, guardian, lesson = college.absence()
    event = college.lesson("09:00", ends)
    college.mark(student, event, marked_at="09:05")
    detect(college)
    assert college.the_text()["lesson_id"] == lesson
    assert college.decisions() == {(event, guardian): counts_as}


def test_a_row_that_the_database_refuses_is_left_out_by_itself_and_noted(
    college: College,
) -> None:
    student, guardian, lesson = college.absence()
    others = {college.absence()[0] for _ in range(3)}
    execute(
        college.database,
        "ALTER TABLE absence_texts ADD CONSTRAINT one_refused CHECK (student_id <> %(student)s)",
        {"student": student},
    )
    left_out: list[Row] = []
    try:
        counts = run(
            college.database,
            MemoryQueue(),
            DETECTION,
            at("11:30"),
            is_paused=lambda: False,
            note_left_out=left_out.append,
        )
    finally:
        execute(college.database, "ALTER TABLE absence_texts DROP CONSTRAINT one_refused", {})
    assert {text["student_id"] for text in college.texts()} == others
    assert (counts["claimed"], counts["left_out"]) == (3, 1)
    assert [(row["student_id"], row["lesson_id"]) for row in left_out] == [(student, lesson)]
    assert college.decisions() == {(lesson, guardian): "not_written"}
    assert detect(college)["claimed"] == 1
    assert college.decisions() == {}


def test_a_decision_goes_with_its_absence(college: College) -> None:
    college.absence()
    college.change("guardians", "TRUE", mobile="")
    detect(college)
    college.change("register_marks", "TRUE", mark="/")
    assert detect(college, "11:35")["overtaken"] == 1
    assert college.decisions() == {}


def test_a_cancelled_text_has_its_reason_in_the_ledger_alone(college: College) -> None:
    college.absence()
    detect(college)
    college.change("absence_texts", "TRUE", state="cancelled", reason="has_mobile")
    college.change("guardians", "TRUE", status="suspended")
    detect(college, "11:35")
    assert college.the_text()["reason"] == "has_mobile"
    assert college.decisions() == {}


@pytest.fixture
def clash(college: College) -> College:
    """Return a college whose absent student is present in another lesson at the same time."""
    student, _, _ = college.absence()
    college.mark(student, college.lesson("10:30", "11:30"), mark="/")
    return college


def test_a_clash_of_the_timetable_is_texted_about_and_counted_once(clash: College) -> None:
    counts = detect(clash)
    assert (counts["claimed"], counts["timetable_clashes"]) == (1, 1)
    assert detect(clash, "11:35")["timetable_clashes"] == 0


def test_a_setting_keeps_a_clash_of_the_timetable_from_being_texted_about(
    clash: College,
) -> None:
    counts = detect(clash, text_timetable_clashes=False)
    assert (counts["claimed"], counts["data_problem_no_timetable_clash"]) == (0, 1)
    assert list(clash.decisions().values()) == ["no_timetable_clash"]
