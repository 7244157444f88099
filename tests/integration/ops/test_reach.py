"""reach: about which students nobody at home could be texted, and where each guardian stops."""

import csv
import json

import pytest

from absence_texts.criteria import CRITERIA as ALL_CRITERIA
from absence_texts.criterion import AsksOf
from absence_texts.database import Value
from absence_texts.identifiers import GuardianId, LessonId, StudentId
from absence_texts.ledger import State
from absence_texts.vocabulary import Reason
from ops.reach.steps import STEPS
from tests.integration.ops.conftest import CommandLine
from tests.support.college import College


@pytest.fixture(autouse=True)
def _fictional_mobiles(ops: CommandLine) -> None:
    ops.settings["accept_fictional_mobiles"] = "1"


def to_mend(ops: CommandLine) -> list[tuple[str, str]]:
    """Return each listed student and the step at which a guardian stops."""
    rows = csv.DictReader(ops("reach --csv").splitlines())
    return [(row["student"], row["stops at"]) for row in rows]


def steps(ops: CommandLine) -> dict[str, int]:
    return {row["step"]: row["students"] for row in json.loads(ops("reach --steps --json"))}


def texted(college: College, student: StudentId, guardian: GuardianId, *states: State) -> None:
    """Add a text with each outcome, the first one on the earliest day."""
    for number, state in enumerate(states):
        college.claim(student, guardian, LessonId(number), state)
        day = f"2026-11-{number + 1:02d}"
        college.change("absence_texts", "absence_date = '2026-11-23'", absence_date=day)


def test_a_student_whose_guardian_can_be_texted_passes_every_step(
    college: College, ops: CommandLine
) -> None:
    college.student_with_guardian()
    assert to_mend(ops) == []
    assert steps(ops) == dict.fromkeys(STEPS, 1)


def test_each_criterion_about_a_guardian_is_a_step() -> None:
    about_guardians = {row.name for row in ALL_CRITERIA if row.asks_of is AsksOf.GUARDIAN}
    assert about_guardians - set(STEPS) == {"not_texted_today"}


@pytest.mark.parametrize(
    ("table", "columns", "step"),
    [
        ("guardians", {"status": "suspended"}, "guardian_registered"),
        ("guardian_students", {"status": "awaiting"}, "link_active"),
        ("guardians", {"mobile": "none"}, "has_mobile"),
        ("guardian_students", {"hide_attendance": 1}, "attendance_shared"),
        ("guardians", {"mobile": "0161 496 0000"}, "valid_mobile"),
    ],
)
def test_a_student_stops_where_the_only_guardian_does(
    college: College, ops: CommandLine, table: str, columns: dict[str, Value], step: str
) -> None:
    college.student_with_guardian()
    college.change(table, "TRUE", **columns)
    assert to_mend(ops) == [("STE00000001", step)]
    passed = list(STEPS)[: list(STEPS).index(step)]
    assert {name for name, students in steps(ops).items() if students} == set(passed)


def test_a_student_without_a_guardian_is_listed(college: College, ops: CommandLine) -> None:
    college.student()
    assert to_mend(ops) == [("STE00000001", "guardian_linked")]


def test_one_guardian_who_can_be_texted_is_enough(college: College, ops: CommandLine) -> None:
    student, _ = college.student_with_guardian()
    college.link(college.guardian(mobile=None), student)
    assert to_mend(ops) == []


def test_each_guardian_of_a_student_nobody_can_reach_is_listed(
    college: College, ops: CommandLine
) -> None:
    student, guardian = college.student_with_guardian()
    college.change("guardians", f"guardian_id = {guardian}", mobile=None)
    college.link(college.guardian(status="suspended"), student)
    assert [step for _, step in to_mend(ops)] == ["has_mobile", "guardian_registered"]
    assert steps(ops)["guardian_registered"] == 1


def test_other_students_are_not_counted(college: College, ops: CommandLine) -> None:
    college.student(status="L16")
    assert steps(ops)["students"] == 0


UNDELIVERED, FAILED, DELIVERED, SENT = (
    *(State.UNDELIVERED, State.FAILED),
    *(State.DELIVERED, State.SENT),
)


@pytest.mark.parametrize(
    ("outcomes", "delivers"),
    [
        ((UNDELIVERED, FAILED, UNDELIVERED), False),
        ((DELIVERED, UNDELIVERED, FAILED, UNDELIVERED), False),
        ((UNDELIVERED, UNDELIVERED), True),
        ((UNDELIVERED, UNDELIVERED, DELIVERED), True),
        ((UNDELIVERED, UNDELIVERED, UNDELIVERED, DELIVERED), True),
        ((UNDELIVERED, UNDELIVERED, UNDELIVERED, SENT), False),
    ],
)
def test_a_number_whose_last_three_outcomes_failed_is_not_delivering(
    college: College, ops: CommandLine, outcomes: tuple[State, ...], *, delivers: bool
) -> None:
    student, guardian = college.student_with_guardian()
    texted(college, student, guardian, *outcomes)
    assert to_mend(ops) == ([] if delivers else [("STE00000001", "delivering")])


def test_what_is_not_the_numbers_fault_does_not_count(college: College, ops: CommandLine) -> None:
    student, guardian = college.student_with_guardian()
    texted(college, student, guardian, UNDELIVERED, UNDELIVERED, FAILED)
    college.change("absence_texts", "state = 'failed'", reason=Reason.DAY_IS_FULL)
    assert to_mend(ops) == []
