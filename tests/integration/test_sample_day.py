"""The sample day shows what it says it shows."""

from datetime import date

import pytest

from absence_texts import criteria
from absence_texts.database import Database
from local.college.sample_day import STARTS, STUDENTS, SampleDay, sample_day
from tests.support.college import DAY, College
from tests.support.runs import detect


@pytest.fixture
def plan(database: Database) -> SampleDay:
    plan = sample_day(date.fromisoformat(DAY))
    plan.college.insert_into(database)
    return plan


def test_a_run_texts_exactly_the_guardians_it_should(plan: SampleDay, database: Database) -> None:
    detect(College(database), f"{STARTS}")
    claimed = {
        (text["student_id"], text["guardian_id"], text["lesson_id"])
        for text in College(database).texts()
    }
    assert claimed == set(plan.texts)


def test_the_day_has_two_hundred_students_and_fifteen_lessons(plan: SampleDay) -> None:
    assert len(plan.college.students) == STUDENTS >= 200
    assert len(plan.college.lessons) >= 15


def test_every_criterion_of_all_colleges_keeps_somebody_from_being_texted(plan: SampleDay) -> None:
    names = {row.name for row in criteria.CRITERIA if not (row.optional_columns or row.setting)}
    assert set(plan.reasons.values()) >= names


def test_each_due_absence_without_a_text_has_the_planned_reason(
    plan: SampleDay, database: Database
) -> None:
    college = College(database)
    detect(college, f"{STARTS}")
    student, lesson = plan.corrected
    college.change("register_marks", f"student_id = {student} AND lesson_id = {lesson}", mark="/")
    detect(college, "11:35")
    decided = {
        (row["student_id"], row["guardian_id"]): row["criterion"] for row in college.decision_rows()
    }
    undecided = {"absent", "due"}
    assert decided == {
        pair: reason for pair, reason in plan.reasons.items() if reason not in undecided
    }
