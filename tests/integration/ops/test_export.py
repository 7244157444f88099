"""explain --export: everything that our tables hold about one student, and nothing of another's."""

import pytest

from absence_texts.database import Value, execute, fetch_all
from absence_texts.identifiers import StudentId
from db.migrate import read_migrations
from local.college.rows import insert_rows
from ops.doctor.our_tables import columns_made_by
from ops.explain.export import Export
from ops.operator_actions import OperatorAction, record
from tests.integration.ops.conftest import CommandLine
from tests.support.college import College, at
from tests.support.runs import Phones, deliver, detect

_ABOUT_NO_PERSON = {"day_mails", "last_log_reading", "last_run", "texts_so_far"}
_TABLES = columns_made_by(read_migrations()).keys() - _ABOUT_NO_PERSON


@pytest.fixture
def students(college: College) -> list[StudentId]:
    """Return two students who have a row in each of our tables."""
    phones = Phones()
    students = [college.absence()[0] for _ in range(2)]
    for student in students:
        college.link(college.guardian(mobile=""), student)
    detect(college)
    for text in college.texts():
        deliver(college, phones, text_id=text["id"])
        keep_receipt(college, f"message-{len(phones.texts)}")
        keep_receipt(college, f"unknown-{text['id']}", text["id"])
        action, moment = OperatorAction.REDRIVE, at("12:00")
        record(college.database, action, moment, by="jane", why=None, text_id=text["id"])
    return students


def keep_receipt(college: College, message_id: str, may_be_of: int | None = None) -> None:
    receipt: dict[str, Value] = {
        "sns_message_id": message_id,
        "outcome": "delivered",
        "published_at": at("11:31").utc,
        "received_at": at("11:32").utc,
    }
    insert_rows(college.database, "delivery_receipts", [receipt])
    if may_be_of:
        text_of_receipt: dict[str, Value] = {
            "sns_message_id": message_id,
            "absence_text_id": may_be_of,
        }
        insert_rows(college.database, "delivery_receipt_texts", [text_of_receipt])


def export(ops: CommandLine, student: StudentId) -> Export:
    printed = ops(f"explain --student-id {student} --export")
    assert ops.code == 0
    return Export.model_validate_json(printed)


def test_each_row_of_our_tables_is_in_exactly_one_students_export(
    college: College, ops: CommandLine, students: list[StudentId]
) -> None:
    first, second = (export(ops, student).rows for student in students)
    assert first.keys() == second.keys() == _TABLES
    for table in _TABLES:
        rows = fetch_all(college.database, f"SELECT * FROM {table}", {})
        assert first[table]
        assert second[table]
        assert len(first[table]) + len(second[table]) == len(rows), table
        assert all(row.keys() == rows[0].keys() for row in first[table] + second[table])


def test_each_row_is_about_the_student(ops: CommandLine, students: list[StudentId]) -> None:
    for student in students:
        rows = export(ops, student).rows
        (text,) = rows["absence_texts"]
        named = {row["student_id"] for each in rows.values() for row in each if "student_id" in row}
        about = {
            row["absence_text_id"]
            for each in rows.values()
            for row in each
            if "absence_text_id" in row
        }
        assert (named, about) == ({student}, {text["id"]})


def test_times_say_that_they_are_utc(ops: CommandLine, students: list[StudentId]) -> None:
    (text,) = export(ops, students[0]).rows["absence_texts"]
    assert text["pending_at"] == f"{at('11:30').utc.isoformat()}Z"


def test_a_student_who_has_left_the_college_still_has_an_export(
    college: College, ops: CommandLine, students: list[StudentId]
) -> None:
    execute(college.database, "SET foreign_key_checks = 0", {})
    execute(college.database, "DELETE FROM students", {})
    assert export(ops, students[0]).rows["pastoral_logs"]


def test_a_student_is_found_by_reference_too(ops: CommandLine, students: list[StudentId]) -> None:
    printed = ops("explain --student STE00000001 --export")
    assert Export.model_validate_json(printed).student_id == students[0]
