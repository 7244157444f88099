"""doctor compares a live schema with the data contract."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from absence_texts.database import Database, execute
from db.source.reported_absence import ReportedAbsence
from db.source.sample_schema import create_college_tables
from db.source.tables import CONTRACT
from ops.doctor.finding import Finding, Severity
from ops.doctor.schema_check import check_schema
from tests.support.schemas import scratch_schema


@dataclass
class OtherSchema:
    """A copy of the college's tables, without rows or foreign keys, to be broken."""

    database: Database
    name: str

    def does(self, statement: str) -> None:
        execute(self.database, statement.format(schema=self.name), {})

    def findings(self) -> list[Finding]:
        return list(check_schema(self.database, self.name))

    def faults(self) -> set[str]:
        return {found.subject for found in self.findings() if found.severity is Severity.FAULT}


@pytest.fixture
def other(database: Database) -> Iterator[OtherSchema]:
    own = database.db.decode() if isinstance(database.db, bytes) else str(database.db)
    other = OtherSchema(database, f"{own}_contract")
    with scratch_schema(database, other.name):
        for table in (table for table in CONTRACT if not table.optional):
            other.does(f"CREATE TABLE {{schema}}.{table.table} LIKE {own}.{table.table}")
        yield other


def test_the_colleges_tables_for_local_use_keep_the_contract(other: OtherSchema) -> None:
    assert other.findings() == []


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        ("DROP TABLE {schema}.lessons", "lessons"),
        ("ALTER TABLE {schema}.guardians DROP COLUMN mobile", "guardians.mobile"),
        ("ALTER TABLE {schema}.lessons MODIFY ends_at TIMESTAMP NULL", "lessons.ends_at"),
        ("ALTER TABLE {schema}.students MODIFY reference INT", "students.reference"),
        ("ALTER TABLE {schema}.lessons DROP KEY starts_at", "lessons"),
        ("ALTER TABLE {schema}.register_marks DROP KEY lesson_id", "register_marks"),
        ("ALTER TABLE {schema}.register_marks DROP KEY student_id", "register_marks"),
        ("ALTER TABLE {schema}.guardian_students DROP KEY student_id", "guardian_students"),
        ("ALTER TABLE {schema}.guardian_students DROP PRIMARY KEY", "guardian_students"),
    ],
)
def test_what_breaks_the_contract_is_named(other: OtherSchema, change: str, subject: str) -> None:
    other.does(change)
    assert other.faults() == {subject}


def test_a_college_may_have_no_hide_attendance(other: OtherSchema) -> None:
    other.does("ALTER TABLE {schema}.guardian_students DROP COLUMN hide_attendance")
    assert other.findings() == []


def test_a_college_may_have_reported_absences(other: OtherSchema) -> None:
    other.database.select_db(other.name)
    create_college_tables(other.database, [ReportedAbsence])
    assert other.findings() == []
    other.does("ALTER TABLE {schema}.reported_absences DROP COLUMN ends_at")
    assert other.faults() == {"reported_absences.ends_at"}


def test_a_views_columns_are_checked_and_its_indexes_are_left_to_a_person(
    other: OtherSchema,
) -> None:
    other.does("RENAME TABLE {schema}.lessons TO {schema}.timetable")
    other.does(
        "CREATE VIEW {schema}.lessons AS SELECT lesson_id, starts_at FROM {schema}.timetable"
    )
    assert other.faults() == {"lessons.ends_at"}
    notes = [found.subject for found in other.findings() if found.severity is Severity.NOTE]
    assert notes == ["lessons"]
