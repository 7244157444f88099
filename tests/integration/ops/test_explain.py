"""explain: each criterion with ✓ or ✗ and the fact behind it, then what became of the text."""

import csv
import json
import re

import pytest

from absence_texts import criteria
from absence_texts.database import execute, fetch_all
from tests.integration.ops.conftest import CommandLine, answers, facts
from tests.support.college import DAY, College
from tests.support.runs import Phones, deliver, detect


def test_each_criterion_is_shown_with_the_fact_behind_it(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    college.change("register_marks", "TRUE", marked_at=f"{DAY} 11:17:00")
    shown = ops("explain --student STE00000001")
    assert answers(shown) == {
        criterion.name: criterion.name != "marked_in_time" for criterion in criteria.CRITERIA
    }
    assert "11:17" in facts(shown)["marked_in_time"]
    assert "11:30" in facts(shown)["due"]


def test_what_happened_to_the_text_is_told_in_college_time(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    detect(college, "11:35")
    deliver(college, Phones(), time="11:36")
    shown = ops("explain --student STE00000001")
    assert "claimed 11:35, queued 11:35, sending 11:36, sent 11:36" in shown
    assert all(answers(shown).values())
    college.change("absence_texts", "TRUE", state="delivered", delivered_at=f"{DAY} 11:36:40")
    assert "sent 11:36, delivered 11:36:40" in ops("explain --student STE00000001")


def test_the_date_is_shown_of_what_happened_on_another_day(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    detect(college, "11:35")
    deliver(college, Phones(), time="11:36")
    next_day = {"state": "undelivered", "undelivered_at": "2026-11-24 09:02:11"}
    college.change("absence_texts", "TRUE", **next_day)
    shown = ops("explain --student STE00000001")
    assert "sent 11:36, undelivered 2026-11-24 09:02:11" in shown


def test_summer_times_are_the_colleges(college: College, ops: CommandLine) -> None:
    student, _ = college.student_with_guardian()
    college.mark(student, college.lesson("2026-06-01 10:10", "2026-06-01 11:10"), marked_at=None)
    detect(college, "2026-06-01 11:35")
    shown = ops("explain --student STE00000001 --date 2026-06-01")
    assert re.search("mark_has_time .*11:35", shown)


def test_a_second_absence_names_the_criterion_that_failed_when_it_was_decided(
    college: College, ops: CommandLine
) -> None:
    student, _, _ = college.absence()
    college.mark(student, college.lesson("11:30", "12:25"), marked_at="11:35")
    detect(college, "12:46")
    shown = ops("explain --student STE00000001")
    *_, second = shown.partition("Lesson at 11:30")
    assert [name for name, holds in answers(second).items() if not holds] == [
        "first_of_day",
        "not_texted_today",
    ]
    assert re.search("first_of_day .*12:46", second)


def test_a_cancelled_text_shows_why(college: College, ops: CommandLine) -> None:
    college.absence()
    detect(college)
    college.change("guardians", "TRUE", mobile="")
    deliver(college, Phones())
    assert "cancelled 11:31 (has_mobile:" in ops("explain --student STE00000001")


def test_a_text_whose_phone_was_told_already_shows_that(college: College, ops: CommandLine) -> None:
    student, _, _ = college.absence()
    college.link(college.guardian(mobile="07700 900123"), student)
    college.change("guardians", "TRUE", mobile="07700 900123")
    detect(college)
    for text in college.texts():
        deliver(college, Phones(), text_id=text["id"])
    assert "cancelled 11:31 (phone_already_told:" in ops(f"explain --student STE{student:08d}")


def test_a_lesson_that_was_attended_is_no_absence_and_nothing_more(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    college.change("register_marks", "TRUE", mark="/")
    shown = ops("explain --student STE00000001")
    assert answers(shown) == {"absent": False}
    assert "“/”" in facts(shown)["absent"]


def test_mobile_numbers_are_masked(college: College, ops: CommandLine) -> None:
    college.absence()
    college.change("guardians", "TRUE", mobile="07700 900123")
    shown = ops("explain --student STE00000001")
    assert "…123" in facts(shown)["has_mobile"]
    assert "900123" not in shown


def test_an_option_that_is_a_bit_is_read_as_a_number(college: College, ops: CommandLine) -> None:
    college.absence()
    change = "ALTER TABLE guardian_students MODIFY hide_attendance"
    (column,) = fetch_all(
        college.database, "SHOW COLUMNS FROM guardian_students LIKE 'hide_attendance'", {}
    )
    execute(college.database, f"{change} BIT(1) NOT NULL DEFAULT 0", {})
    shown = ops("explain --student STE00000001")
    college.change("guardian_students", "TRUE", hide_attendance=1)
    selected = ops("explain --student STE00000001")
    execute(college.database, f"{change} {column['Type']} NOT NULL DEFAULT 0", {})
    assert answers(shown)["attendance_shared"]
    assert not answers(selected)["attendance_shared"]
    assert facts(shown)["attendance_shared"] != facts(selected)["attendance_shared"]


@pytest.mark.parametrize(
    "reference", ["STE 1", "st_e-1", "STŁ1", "STÉ1", "ST[1", "ST`1", "ST{1", "ST@1", "ST\\1"]
)
def test_a_reference_that_no_text_can_have_is_explained(
    college: College, ops: CommandLine, reference: str
) -> None:
    college.absence()
    college.change("students", "TRUE", reference=reference)
    is_broken = detect(college)["data_problem_reference_fits"] == 1
    assert ("reference_fits" in answers(ops("explain --student-id 1"))) == is_broken


def test_one_guardian_alone_can_be_asked_about(college: College, ops: CommandLine) -> None:
    student, first, _ = college.absence()
    second = college.guardian()
    college.link(second, student)
    shown = ops(f"explain --student STE00000001 --guardian {second}")
    assert f"Guardian {second}" in shown
    assert f"Guardian {first}" not in shown


def test_what_happened_stands_before_the_criteria(college: College, ops: CommandLine) -> None:
    college.absence()
    detect(college)
    shown = ops("explain --student STE00000001")
    assert shown.index("claimed 11:30") < shown.index("absent")


def test_the_heading_shows_the_reference_as_it_is_stored(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    assert "Student STE00000001 Ada Lovelace on 2026-11-23" in ops("explain --student ste00000001")


def test_the_answers_are_there_for_a_spreadsheet_and_for_a_program(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    college.change("guardian_students", "TRUE", status="suspended")
    detect(college)
    rows = json.loads(ops("explain --student STE00000001 --json"))
    assert [row["criterion"] for row in rows if not row["holds"]] == ["link_active"]
    assert {row["criterion"] for row in rows} >= {each.name for each in criteria.CRITERIA}
    listed = list(csv.DictReader(ops("explain --student STE00000001 --csv").splitlines()))
    assert [row["fact"] for row in listed] == [row["fact"] for row in rows]
    assert "link_active" in listed[0]["recorded"]
