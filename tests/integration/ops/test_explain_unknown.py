"""explain: what it says if there is no such student or guardian, or nothing to explain."""

import pytest

from absence_texts.database import execute
from absence_texts.source import KEYS
from tests.integration.ops.conftest import CommandLine, answers, cells
from tests.support.college import College
from tests.support.schemas import scratch_schema


@pytest.mark.parametrize("typed", ["STE99999999", "[/]", "[red]", ":cat:"])
def test_a_student_whom_nobody_knows_is_quoted(
    college: College, ops: CommandLine, typed: str
) -> None:
    college.absence()
    assert typed in ops(f"explain --student {typed}")
    assert ops.code == 1


def test_a_day_without_a_mark_says_so(college: College, ops: CommandLine) -> None:
    college.absence()
    assert "2026-11-20" in ops("explain --student STE00000001 --date 2026-11-20")
    assert ops.code == 1


def test_an_absence_from_a_lesson_without_a_start_says_so(
    college: College, ops: CommandLine
) -> None:
    _, _, lesson = college.absence()
    college.change("lessons", "TRUE", starts_at="1970-01-01 00:00:00")
    shown = ops("explain --student STE00000001")
    assert f"lesson {lesson} " in shown
    assert ops.code == 1
    assert f"lesson {lesson} " not in ops("explain --student STE00000001 --date 2026-11-20")


def test_a_link_without_a_guardian_is_explained_beside_the_others(
    college: College, ops: CommandLine
) -> None:
    student, guardian, _ = college.absence()
    with scratch_schema(college.database, f"{college.schema}_null") as views:
        for table in KEYS:
            rows = f"SELECT * FROM {college.schema}.{table}"
            if table == "guardian_students":
                rows += f" UNION ALL SELECT NULL, {student}, 'active', 0, 0"
            college.database.query(f"CREATE VIEW {views}.{table} AS {rows}")
        ops.settings["source_schema"] = views
        shown = ops("explain --student STE00000001")
    assert "Guardian none" in shown
    assert f"Guardian {guardian}" in shown


def test_a_student_whom_no_guardian_is_linked_to_says_so(
    college: College, ops: CommandLine
) -> None:
    college.mark(college.student(), college.lesson())
    assert answers(ops("explain --student STE00000001")) == {}
    assert ops.code == 1


def test_a_guardian_who_is_not_linked_or_not_known_says_so(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    other = college.guardian()
    assert f"Guardian {other} is not linked" in ops(
        f"explain --student STE00000001 --guardian {other}"
    )
    assert ops.code == 1
    assert "no guardian 999" in ops("explain --student STE00000001 --guardian 999")
    assert ops.code == 1


def test_students_with_one_reference_are_shown_to_choose_from(
    college: College, ops: CommandLine
) -> None:
    first, _, _ = college.absence()
    execute(college.database, "ALTER TABLE students DROP KEY reference", {})
    try:
        second = college.student(reference=" ste00000001 ", status="C17")
        shown = ops("explain --student STE00000001")
        assert [row[0] for row in cells(shown)] == [str(first), str(second)]
        assert ops.code == 1
        assert answers(ops(f"explain --student-id {first}"))["absent"]
        assert ops.code == 0
        ops(f"explain --student-id {second}")
        assert ops.code == 1
    finally:
        execute(college.database, f"DELETE FROM students WHERE student_id = {second}", {})
        execute(college.database, "ALTER TABLE students ADD KEY reference (reference)", {})


def test_a_student_id_that_nobody_has_is_named(college: College, ops: CommandLine) -> None:
    college.absence()
    assert "999" in ops("explain --student-id 999")
    assert ops.code == 1
