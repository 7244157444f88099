"""doctor: what is wrong with the database or its data, by name and by id."""

import pytest

from absence_texts.database import Database, execute, fetch_all
from tests.college import DAY, College
from tests.integration.ops.conftest import CommandLine
from tests.runs import detect


def test_a_database_that_is_fit_has_no_faults(college: College, ops: CommandLine) -> None:
    college.absence()
    assert ops("doctor").strip() == "✓ The database and its data are fit."
    assert ops.code == 0


@pytest.mark.parametrize(
    ("table", "column", "value", "check"),
    [
        ("lessons", "ends_at", f"{DAY} 10:10:00", "lesson_times_in_order"),
        ("lessons", "ends_at", f"{DAY} 09:10:00", "lesson_times_in_order"),
        ("register_marks", "marked_at", None, "mark_has_time"),
        ("students", "reference", "", "reference_fits"),
        ("students", "reference", "STŁ1", "reference_fits"),
    ],
)
def test_broken_data_is_listed_by_id_and_counted_by_each_run(
    college: College, ops: CommandLine, table: str, column: str, value: str | None, check: str
) -> None:
    student, _, lesson = college.absence()
    college.change(table, "TRUE", **{column: value})
    assert detect(college)[f"data_problem_{check}"] == 1
    shown = ops("doctor")
    assert check in shown
    assert f"lesson {lesson} student {student}" in shown
    assert ops.code == 1


def test_a_reference_longer_than_the_setting_is_counted(college: College) -> None:
    college.absence()
    assert detect(college, longest_reference=10)["data_problem_reference_fits"] == 1


def test_ordinary_data_is_not_counted(college: College) -> None:
    college.absence()
    counts = detect(college)
    assert {count for name, count in counts.items() if name.startswith("data_problem_")} == {0}


def test_another_days_data_can_be_checked(college: College, ops: CommandLine) -> None:
    college.absence()
    college.change("register_marks", "TRUE", marked_at=None)
    assert "mark_has_time" not in ops("doctor --date 2026-11-20")


def test_marks_from_the_future_ask_for_the_time_zone(college: College, ops: CommandLine) -> None:
    college.absence()
    college.change("register_marks", "TRUE", marked_at=f"{DAY} 13:30:00")
    assert "is later than the clock on a wall in Europe/London" in ops("doctor")


def test_the_isolation_level_is_checked(database: Database, ops: CommandLine) -> None:
    execute(database, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", {})
    assert "is REPEATABLE-READ: a run would hold up register marking." in ops("doctor")


def test_a_lax_sql_mode_is_named(database: Database, ops: CommandLine) -> None:
    execute(database, "SET SESSION sql_mode = ''", {})
    assert "is not strict" in ops("doctor")


def test_a_migration_that_is_not_applied_is_named(database: Database, ops: CommandLine) -> None:
    newest = fetch_all(database, "SELECT * FROM schema_migrations ORDER BY number", {})[-1]
    execute(database, "DELETE FROM schema_migrations WHERE number = %(number)s", newest)
    shown = ops("doctor")
    execute(
        database,
        "INSERT INTO schema_migrations VALUES (%(number)s, %(name)s, %(sha256)s, %(applied_at)s)",
        newest,
    )
    assert newest["name"] in shown
    assert "is not applied: run python -m ops migrate, or deploy." in shown


def test_a_migration_that_broke_off_is_told(database: Database, ops: CommandLine) -> None:
    execute(database, "UPDATE schema_migrations SET applied_at = NULL WHERE number = 1", {})
    shown = ops("doctor")
    execute(database, "UPDATE schema_migrations SET applied_at = UTC_TIMESTAMP()", {})
    assert "was begun and its end not recorded" in shown


def test_migrate_on_a_migrated_database_changes_nothing(ops: CommandLine) -> None:
    assert ops("migrate").strip() == "The database is up to date."
    assert ops.code == 0
