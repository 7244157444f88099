"""day: the account of a day, with every absent student once."""

import csv
import json

import pytest

from absence_texts.vocabulary import Reason
from tests.integration.ops.conftest import CommandLine, cells, state_and_reason
from tests.support.college import College
from tests.support.runs import Phones, deliver, detect

pytestmark = pytest.mark.usefixtures("service")


def a_text(college: College, phones: Phones, mobile: str = "07700 900123") -> None:
    college.absence()
    college.change("guardians", "TRUE", mobile=mobile)
    detect(college)
    deliver(college, phones)


def test_a_student_who_is_not_16_19_is_in_no_account(college: College, ops: CommandLine) -> None:
    college.absence()
    college.change("students", "TRUE", status="L16")
    detect(college)
    assert cells(ops("day")) == []


def test_a_student_is_told_if_one_guardian_is(college: College, ops: CommandLine) -> None:
    student, _, _ = college.absence()
    without = college.guardian(mobile=None)
    college.link(without, student)
    detect(college)
    deliver(college, Phones())
    assert cells(ops("unreached")) == []
    assert [(row[3], row[4]) for row in cells(ops("day"))][-1] == ("not told", str(without))


def test_an_absence_that_no_run_has_looked_at_is_listed(college: College, ops: CommandLine) -> None:
    college.absence()
    assert state_and_reason(ops("unreached")) == ("no text", Reason.NOT_DECIDED.words)


def test_the_account_is_there_for_a_spreadsheet_and_for_a_program(
    college: College, ops: CommandLine
) -> None:
    a_text(college, Phones(), mobile="0161 496 0000")
    (row,) = csv.DictReader(ops("day --csv").splitlines())
    (entry,) = json.loads(ops("day --json"))
    assert entry["reason_code"] == Reason.NOT_A_MOBILE
    same = ("student", "lesson", "guardian", "mobile", "state", "reason")
    assert [row[name] for name in same] == [str(entry[name]) for name in same]
