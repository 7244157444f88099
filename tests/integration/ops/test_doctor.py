"""doctor: what is wrong with the database or its data, by name and by id."""

import pytest

from absence_texts.database import fetch_all
from tests.integration.ops.conftest import CommandLine, cells
from tests.support.college import DAY, College, at
from tests.support.runs import detect


def findings(ops: CommandLine, words: str = "doctor") -> dict[str, tuple[str, str]]:
    """Return the sign and the message of each finding, by what it is about."""
    return {where: (sign, message) for sign, where, message in cells(ops(words))}


def test_a_database_that_is_fit_has_no_faults(college: College, ops: CommandLine) -> None:
    college.absence()
    assert findings(ops) == {}
    assert ops.code == 0


def test_it_says_how_many_marks_were_checked(college: College, ops: CommandLine) -> None:
    college.absence()
    assert "1 register mark of 2026-11-23" in ops("doctor")
    assert "no register marks of 2026-11-20" in ops("doctor --date 2026-11-20")


def test_a_day_without_an_absent_mark_asks_for_the_setting(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    assert "ABSENT_MARK" not in ops("doctor")
    college.change("register_marks", "TRUE", mark="N")
    assert "ABSENT_MARK" in ops("doctor")


@pytest.mark.parametrize(
    ("table", "column", "value", "check"),
    [
        ("lessons", "ends_at", f"{DAY} 10:10:00", "lesson_times_in_order"),
        ("lessons", "ends_at", f"{DAY} 09:10:00", "lesson_times_in_order"),
        ("register_marks", "marked_at", None, "mark_has_time"),
        ("students", "reference", "", "reference_fits"),
        ("students", "reference", "STŁ1", "reference_fits"),
    ],
)
def test_broken_data_is_listed_by_id_and_counted_by_each_run(
    college: College, ops: CommandLine, table: str, column: str, value: str | None, check: str
) -> None:
    student, _, lesson = college.absence()
    college.change(table, "TRUE", **{column: value})
    assert detect(college)[f"data_problem_{check}"] == 1
    sign, message = findings(ops)[check]
    assert sign == "✗"
    (row,) = fetch_all(college.database, "SELECT reference FROM students", {})
    assert f"lesson {lesson} student {student} ({row['reference'] or 'no reference'})" in message
    assert ops.code == 1


def test_a_reference_longer_than_the_setting_is_counted(college: College) -> None:
    college.absence()
    assert detect(college, longest_reference=10)["data_problem_reference_fits"] == 1


def test_ordinary_data_is_not_counted(college: College) -> None:
    college.absence()
    counts = detect(college)
    assert {count for name, count in counts.items() if name.startswith("data_problem_")} == {0}


@pytest.mark.parametrize(("ends", "listed"), [("19:50", True), ("19:39", False)])
def test_a_lesson_that_ends_too_late_for_a_text_is_noted(
    college: College, ops: CommandLine, ends: str, *, listed: bool
) -> None:
    _, _, lesson = college.absence()
    college.change("lessons", "TRUE", ends_at=f"{DAY} {ends}:00")
    found = findings(ops)
    assert found.keys() == ({"lessons.ends_at"} if listed else set())
    assert all(f"lesson {lesson} " in message for _, message in found.values())
    assert ops.code == 0


def test_a_clash_of_the_timetable_is_noted_by_the_students_reference(
    college: College, ops: CommandLine
) -> None:
    student, _, _ = college.absence()
    college.mark(student, college.lesson("10:30", "11:30"), mark="/")
    (noted,) = findings(ops).values()
    assert noted[0] == "!"
    assert "STE00000001" in noted[1]


def test_another_days_data_can_be_checked(college: College, ops: CommandLine) -> None:
    college.absence()
    college.change("register_marks", "TRUE", marked_at=None)
    assert findings(ops, "doctor --date 2026-11-20") == {}


def test_marks_from_the_future_ask_for_the_clock(college: College, ops: CommandLine) -> None:
    college.absence()
    college.change("register_marks", "TRUE", marked_at=f"{DAY} 13:30:00")
    sign, message = findings(ops)["register_marks.marked_at"]
    assert sign == "✗"
    assert "12:50 in Europe/London" in message


def test_a_register_marked_the_next_morning_is_not_from_the_future(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    college.change("register_marks", "TRUE", marked_at="2026-11-24 09:00:00")
    ops.now = at("2026-11-24 09:30")
    assert findings(ops, f"doctor --date {DAY}") == {}


SUMMER_DAY = "2026-06-01"


def a_day_of_marks(college: College, day: str, early: int, late: int = 0) -> None:
    """Mark registers of lessons at 10:10: as UTC shows 10:15 in summer, and as the wall does."""
    lesson = college.lesson(f"{day} 10:10", f"{day} 11:10")
    for number in range(early + late):
        time = "09:15" if number < early else "10:15"
        college.mark(college.student(), lesson, mark="/", marked_at=f"{day} {time}")


@pytest.mark.parametrize(
    ("day", "early", "late", "noted"),
    [
        (SUMMER_DAY, 10, 0, True),
        (SUMMER_DAY, 6, 4, True),
        (SUMMER_DAY, 5, 5, False),
        (SUMMER_DAY, 9, 0, False),
        (DAY, 10, 0, False),
    ],
)
def test_a_summer_days_registers_in_utc_are_noted(
    college: College, ops: CommandLine, day: str, early: int, late: int, *, noted: bool
) -> None:
    a_day_of_marks(college, day, early, late)
    signs = {where: sign for where, (sign, _) in findings(ops, f"doctor --date {day}").items()}
    assert signs == ({"register_marks.marked_at": "!"} if noted else {})
    assert ops.code == 0
