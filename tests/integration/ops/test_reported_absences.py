"""An absence that somebody reported to the college gets no text."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from absence_texts.database import Credentials, Database, connect, execute
from absence_texts.identifiers import LessonId, StudentId
from db.grants import OPTIONAL
from db.source.reported_absence import ReportedAbsence
from db.source.sample_schema import create_college_tables
from local.college.rows import insert
from tests.integration.ops.conftest import CommandLine, cells, facts
from tests.support.college import College, wall_clock
from tests.support.database_users import database_users, is_refused
from tests.support.runs import Phones, deliver, detect

_TABLE = ReportedAbsence.table


@pytest.fixture
def reports(database: Database) -> Iterator[str]:
    create_college_tables(database, [ReportedAbsence])
    yield _TABLE
    execute(database, f"DROP TABLE {_TABLE}", {})


def report(
    college: College,
    student: StudentId,
    starts: str | None = "09:00",
    ends: str = "12:00",
    reported: str = "08:00",
) -> None:
    starts_at = wall_clock(starts) if starts else None
    times = starts_at, wall_clock(ends), wall_clock(reported)
    insert(college.database, [ReportedAbsence(student, student, *times)])


@pytest.mark.usefixtures("reports")
def test_a_reported_absence_gets_no_text_and_a_reason(college: College) -> None:
    student, guardian, lesson = college.absence()
    _, other_guardian, _ = college.absence()
    report(college, student)
    assert detect(college)["claimed"] == 1
    assert college.the_text()["guardian_id"] == other_guardian
    assert college.decisions() == {(lesson, guardian): "not_reported"}


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize(
    ("times", "claimed"),
    [
        ({"starts": "10:10", "ends": "11:10"}, 0),
        ({"starts": "10:11"}, 1),
        ({"ends": "11:09"}, 1),
        ({"reported": "11:29"}, 0),
        ({"reported": "11:31"}, 1),
        ({"starts": None}, 1),
    ],
)
def test_a_report_counts_if_it_covers_the_whole_lesson_and_can_be_read(
    college: College, times: dict[str, str], claimed: int
) -> None:
    student, _, _ = college.absence()
    report(college, student, **times)
    assert detect(college)["claimed"] == claimed


@pytest.mark.usefixtures("reports")
def test_a_report_made_while_the_text_waits_cancels_it(college: College) -> None:
    student, _, _ = college.absence()
    detect(college)
    report(college, student, reported="11:32")
    phones = Phones()
    deliver(college, phones, time="11:33")
    assert phones.texts == []
    assert college.the_text()["reason"] == "not_reported"


@pytest.mark.usefixtures("reports")
def test_a_reported_lesson_does_not_use_up_the_day(college: College) -> None:
    student, _, _ = college.absence()
    unreported = _missed_later(college, student)
    report(college, student, ends="11:15")
    detect(college, "12:50")
    assert college.the_text()["lesson_id"] == unreported


def _missed_later(college: College, student: StudentId) -> LessonId:
    lesson = college.lesson("11:30", "12:30")
    college.mark(student, lesson, marked_at="11:35")
    return lesson


@pytest.mark.usefixtures("reports")
def test_nobody_needs_to_ring_about_a_student_whose_absences_were_all_reported(
    college: College, ops: CommandLine
) -> None:
    reported, partly = (college.student_with_guardian()[0] for _ in range(2))
    for student in (reported, partly):
        college.mark(student, college.lesson())
        report(college, student, ends="11:15")
    college.change("guardians", "TRUE", mobile="")
    _missed_later(college, partly)
    detect(college, "12:50")
    (to_ring,) = cells(ops("unreached"))
    assert to_ring[0] == _reference(partly)
    rows = json.loads(ops("day --json"))
    assert {row["student"]: row["told"] for row in rows} == {
        _reference(reported): "reported",
        _reference(partly): "not_told",
    }


def _reference(student: StudentId) -> str:
    return f"STE{student:08d}"


def test_a_view_without_one_of_the_columns_is_not_asked(college: College, reports: str) -> None:
    student, _, _ = college.absence()
    report(college, student)
    execute(college.database, f"ALTER TABLE {reports} DROP COLUMN reported_at", {})
    assert detect(college)["claimed"] == 1


@pytest.mark.usefixtures("reports")
def test_explain_shows_the_reports_of_a_lesson(college: College, ops: CommandLine) -> None:
    student, _, _ = college.absence()
    report(college, student)
    shown = facts(ops(f"explain --student {_reference(student)}"))["not_reported"]
    assert shown.startswith("1 reports cover the lesson, the last one made 08:00")


def test_explain_says_that_a_college_has_no_reports(college: College, ops: CommandLine) -> None:
    student, _, _ = college.absence()
    assert (
        "no reported_absences"
        in facts(ops(f"explain --student {_reference(student)}"))["not_reported"]
    )


@pytest.mark.usefixtures("reports")
def test_doctor_lists_a_report_that_cannot_be_read(college: College, ops: CommandLine) -> None:
    student, _, _ = college.absence()
    report(college, student)
    assert "reported_absences" not in ops("doctor")
    other = college.student()
    report(college, other, starts="13:00")
    assert f"student {other}." in ops("doctor")


def test_a_function_may_read_reports_that_the_college_adds_later(
    database: Database, credentials: Credentials
) -> None:
    with database_users(database, credentials) as users:
        create_college_tables(database, [ReportedAbsence])
        try:
            for user in users:
                with closing(connect(users[user])) as own:
                    may_read = not is_refused(own, f"SELECT * FROM {_TABLE} LIMIT 0")
                    assert may_read == (user in OPTIONAL), user
        finally:
            execute(database, f"DROP TABLE {_TABLE}", {})
