"""Students, guardians and lessons are found as staff know them, and several are listed."""

import csv

import pytest

from absence_texts.identifiers import GuardianId, StudentId
from tests.integration.ops.conftest import CommandLine, answers, cells
from tests.support.college import College
from tests.support.runs import Phones, deliver, detect


@pytest.fixture
def zoe(college: College) -> tuple[StudentId, GuardianId]:
    """Return Zoë Khan and her guardian, who are absent at 10:10, beside Amira Khan."""
    student, guardian, _ = college.absence()
    names = {"reference": "STE04049635", "first_name": "Zoë", "last_name": "Khan"}
    college.change("students", f"student_id = {student}", **names)
    mobile = {"mobile": "+44 7700 900123", "name": "Bilal 100% Khan"}
    college.change("guardians", f"guardian_id = {guardian}", **mobile)
    college.student_with_guardian(reference="STE04050001", first_name="Amira", last_name="Khan")
    return student, guardian


@pytest.mark.parametrize(
    "typed", ["STE04049635", "ste04049635", "49635", "zoe", "Zoë Khan", "khan ZOË"]
)
def test_a_student_is_found_by_reference_or_name(
    zoe: tuple[StudentId, GuardianId], ops: CommandLine, typed: str
) -> None:
    shown = ops(f"explain --student {typed}")
    assert "STE04049635" in shown
    assert answers(shown)["absent"], zoe


@pytest.mark.usefixtures("zoe")
@pytest.mark.parametrize("typed", ["khan", "STE040", "e"])
def test_several_students_are_listed_to_choose_from(ops: CommandLine, typed: str) -> None:
    listed = cells(ops(f"explain --student {typed}"))
    assert [row[1] for row in listed] == ["STE04049635", "STE04050001"]
    assert ops.code == 1


@pytest.mark.usefixtures("zoe")
@pytest.mark.parametrize("typed", ["STE04049653", "zoe kahn"])
def test_the_nearest_student_is_suggested(ops: CommandLine, typed: str) -> None:
    shown = ops(f"explain --student {typed}")
    assert typed in shown
    assert "STE04049635" in shown or "Zoë Khan" in shown
    assert ops.code == 1


@pytest.mark.usefixtures("zoe")
@pytest.mark.parametrize("typed", ["%", "_", "|", "'", "\\"])
def test_what_is_typed_is_taken_literally(ops: CommandLine, typed: str) -> None:
    assert cells(ops(f"explain --student {typed}")) == []
    assert ops.code == 1


@pytest.mark.parametrize("typed", ["{id}", "123", "07700900123", "bilal", "100%"])
def test_a_guardian_is_found_by_id_mobile_or_name(
    zoe: tuple[StudentId, GuardianId], ops: CommandLine, typed: str
) -> None:
    assert "STE04049635" in ops(f"explain --guardian {typed.format(id=zoe[1])}")


def test_a_guardian_of_several_students_lists_them(
    zoe: tuple[StudentId, GuardianId], college: College, ops: CommandLine
) -> None:
    _, guardian = zoe
    college.link(guardian, StudentId(college.student(reference="STE04050002")))
    listed = cells(ops(f"explain --guardian {guardian}"))
    assert [row[1] for row in listed] == ["STE04049635", "STE04050002"]


def test_nobody_named_is_told_what_to_type(ops: CommandLine) -> None:
    assert "--student" in ops("explain")
    assert ops.code == 2


def test_two_guardians_of_one_phone_are_named(
    zoe: tuple[StudentId, GuardianId], college: College, ops: CommandLine
) -> None:
    student, guardian = zoe
    ops.settings["accept_fictional_mobiles"] = "1"
    assert "one phone" not in ops("explain --student zoe")
    college.link(college.guardian(mobile="07700900123", name="Dana"), student)
    shown = ops("explain --student zoe")
    assert f"{guardian} Bilal 100% Khan and" in shown
    assert "900123" not in shown


def test_a_lesson_is_found_by_its_time_and_tells_who_was_told(
    zoe: tuple[StudentId, GuardianId], college: College, ops: CommandLine
) -> None:
    other, _ = college.student_with_guardian()
    college.mark(other, college.lesson("09:00", "10:00"), marked_at="09:05")
    detect(college)
    for typed in ("10:10", "09:00", "9:00"):
        (row,) = csv.DictReader(ops(f"day --lesson {typed} --csv").splitlines())
        assert (row["student"] == "STE04049635") is (typed == "10:10"), zoe


def test_several_lessons_of_one_time_are_listed_and_one_is_chosen_by_id(
    zoe: tuple[StudentId, GuardianId], college: College, ops: CommandLine
) -> None:
    other, _, lesson = college.absence()
    listed = cells(ops("day --lesson 10:10"))
    assert len(listed) == 2
    assert ops.code == 1
    (row,) = csv.DictReader(ops(f"day --lesson {lesson} --csv").splitlines())
    assert row["student"] == f"STE{other:08d}", zoe


@pytest.mark.usefixtures("zoe")
@pytest.mark.parametrize("typed", ["10:15", "999999", "noon"])
def test_no_such_lesson_is_said(ops: CommandLine, typed: str) -> None:
    assert typed in ops(f"day --lesson {typed}")
    assert ops.code == 1


def test_a_students_only_text_can_be_resent_by_name(
    zoe: tuple[StudentId, GuardianId], college: College, ops: CommandLine
) -> None:
    assert ops("resend --student zoe")
    assert ops.code == 1
    detect(college)
    deliver(college, Phones.in_doubt())
    assert "--confirm" in ops("resend --student zoe"), zoe
    ops("resend --student zoe --confirm")
    assert college.the_text()["state"] == "pending"
