"""Each criterion, met and failed, on the real database."""

import pytest

from absence_texts.identifiers import LessonId, StudentId
from absence_texts.source import KEYS
from tests.support.college import DAY, College
from tests.support.runs import detect
from tests.support.schemas import scratch_schema


def test_a_guardian_is_texted_about_an_absence_that_meets_every_criterion(
    college: College,
) -> None:
    student, guardian, lesson = college.absence()
    assert detect(college)["claimed"] == 1
    text = college.the_text()
    assert (text["student_id"], text["guardian_id"], text["lesson_id"]) == (
        student,
        guardian,
        lesson,
    )
    assert str(text["absence_date"]) == DAY


@pytest.mark.parametrize(
    ("table", "column", "value", "criterion"),
    [
        ("register_marks", "marked_at", f"{DAY} 11:10:00", "marked_in_time"),
        ("register_marks", "marked_at", f"{DAY} 11:17:00", "marked_in_time"),
        ("register_marks", "marked_at", None, "mark_has_time"),
        ("students", "status", "C", "student_16_19"),
        ("students", "status", "C1", "student_16_19"),
        ("students", "status", "C123", "student_16_19"),
        ("students", "status", "c16", "student_16_19"),
        ("students", "status", "L16", "student_16_19"),
        ("students", "status", "ÇAB", "student_16_19"),
        ("students", "status", "", "student_16_19"),
        ("guardians", "status", "suspended", "guardian_registered"),
        ("guardian_students", "status", "suspended", "link_active"),
        ("guardians", "mobile", None, "has_mobile"),
        ("guardians", "mobile", "", "has_mobile"),
        ("guardians", "mobile", "   ", "has_mobile"),
        ("guardian_students", "hide_attendance", 1, "attendance_shared"),
        ("lessons", "starts_at", f"{DAY} 11:10:00", "lesson_times_in_order"),
        ("students", "reference", "", "reference_fits"),
    ],
)
def test_one_failed_criterion_is_enough_for_no_text_and_is_the_recorded_reason(
    college: College, table: str, column: str, value: str | int | None, criterion: str
) -> None:
    _, guardian, lesson = college.absence()
    college.change(table, "TRUE", **{column: value})
    assert detect(college)["claimed"] == 0
    assert college.decisions() == {(lesson, guardian): criterion}


@pytest.mark.parametrize("status", ["C16", "CÉ1", "C  ", "C_%"])
def test_an_active_16_19_student_has_a_c_and_exactly_two_more_characters(
    college: College, status: str
) -> None:
    college.absence()
    college.change("students", "TRUE", status=status)
    assert detect(college)["claimed"] == 1


@pytest.mark.parametrize("mark", ["/", "o", "0", "L", "O "])
def test_only_the_absent_mark_itself_is_an_absence(college: College, mark: str) -> None:
    college.absence()
    college.change("register_marks", "TRUE", mark=mark)
    assert detect(college)["claimed"] == 0
    assert college.decisions() == {}


@pytest.mark.parametrize(("time", "claimed"), [("11:29:59", 0), ("11:30:00", 1)])
def test_a_text_is_due_twenty_minutes_after_the_lessons_end_to_the_second(
    college: College, time: str, claimed: int
) -> None:
    college.absence()
    assert detect(college, time)["claimed"] == claimed


def test_only_the_first_lesson_of_the_day_marked_absent_is_texted_about(college: College) -> None:
    student, guardian, first = college.absence()
    second = college.lesson("11:30", "12:30")
    college.mark(student, second, marked_at="11:35")
    assert detect(college, "12:50")["claimed"] == 1
    assert college.the_text()["lesson_id"] == first
    assert college.decisions() == {(second, guardian): "first_of_day"}


def test_of_two_lessons_that_start_together_the_lower_id_is_the_first(college: College) -> None:
    student, _, first = college.absence()
    college.mark(student, college.lesson())
    assert detect(college)["claimed"] == 1
    assert college.the_text()["lesson_id"] == first


def test_a_lesson_whose_register_came_late_does_not_use_up_the_day(college: College) -> None:
    student, guardian, late = college.absence()
    college.change("register_marks", "TRUE", marked_at=f"{DAY} 11:20:00")
    second = college.lesson("11:30", "12:30")
    college.mark(student, second, marked_at="11:35")
    detect(college, "12:50")
    assert college.the_text()["lesson_id"] == second
    assert college.decisions() == {(late, guardian): "marked_in_time"}


def test_a_second_absence_that_day_is_not_texted_even_when_the_first_was_corrected_later(
    college: College,
) -> None:
    student, guardian, _ = college.absence()
    detect(college)
    college.change("register_marks", "TRUE", mark="/")
    second = college.lesson("11:30", "12:30")
    college.mark(student, second, marked_at="11:35")
    assert detect(college, "12:50")["claimed"] == 0
    assert college.decisions() == {(second, guardian): "not_texted_today"}


def test_two_guardians_of_one_student_are_each_texted(college: College) -> None:
    student, first, _ = college.absence()
    second = college.guardian()
    college.link(second, student)
    assert detect(college)["claimed"] == 2
    assert {text["guardian_id"] for text in college.texts()} == {first, second}


def test_a_guardian_of_two_absent_students_is_texted_about_each(college: College) -> None:
    first, guardian, _ = college.absence()
    second = college.student()
    college.link(guardian, second)
    college.mark(second, college.lesson())
    assert detect(college)["claimed"] == 2
    assert {text["student_id"] for text in college.texts()} == {first, second}


def test_a_mobile_in_the_students_contacts_is_never_used(college: College) -> None:
    student, guardian, lesson = college.absence()
    college.contact(student)
    college.change("guardians", "TRUE", mobile=None)
    assert detect(college)["claimed"] == 0
    assert college.decisions() == {(lesson, guardian): "has_mobile"}


def absence_the_day_after(college: College, student: StudentId) -> LessonId:
    lesson = college.lesson("2026-11-24 10:10", "2026-11-24 11:10")
    college.mark(student, lesson, marked_at="2026-11-24 10:15")
    return lesson


def test_a_text_of_yesterday_does_not_use_up_today(college: College) -> None:
    student, _, yesterdays = college.absence()
    detect(college)
    todays = absence_the_day_after(college, student)
    counts = detect(college, "2026-11-24 11:30")
    assert (counts["claimed"], counts["decided"]) == (1, 0)
    assert [text["lesson_id"] for text in college.texts()] == [yesterdays, todays]


def test_a_text_of_yesterday_is_no_obstacle_to_what_is_claimed_again_today(
    college: College,
) -> None:
    student, _, _ = college.absence()
    detect(college)
    todays = absence_the_day_after(college, student)
    detect(college, "2026-11-24 11:30")
    college.change("absence_texts", f"lesson_id = {todays}", state="cancelled", reason="absent")
    assert detect(college, "2026-11-24 11:35")["claimed_again"] == 1


def test_yesterdays_absence_is_never_texted_about(college: College) -> None:
    college.absence()
    assert detect(college, "2026-11-24 09:00")["claimed"] == 0


@pytest.mark.parametrize(("option", "claimed"), [("", 1), (", hide_attendance HIDE_Attendance", 0)])
def test_the_tables_may_be_another_schemas_views_without_the_hide_attendance_column(
    college: College, option: str, claimed: int
) -> None:
    college.absence()
    college.change("guardian_students", "TRUE", hide_attendance=1)
    link = f"guardian_id, student_id, status{option}"
    with scratch_schema(college.database, f"{college.schema}_views") as views:
        for table in KEYS:
            columns = link if table == "guardian_students" else "*"
            college.database.query(
                f"CREATE VIEW {views}.{table} AS SELECT {columns} FROM {college.schema}.{table}"
            )
        assert detect(college, source_schema=views)["claimed"] == claimed


def test_the_absent_mark_is_a_setting(college: College) -> None:
    college.absence()
    college.change("register_marks", "TRUE", mark="N")
    assert detect(college, absent_mark="N")["claimed"] == 1
