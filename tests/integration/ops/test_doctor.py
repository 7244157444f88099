"""doctor: what is wrong with the database or its data, by name and by id."""

import pytest

from absence_texts import criteria
from absence_texts.database import Database, execute, fetch_all
from db.migrate import read_migrations
from ops.doctor.data_contract import CONTRACT
from ops.doctor.migrations_check import RECORDS, tables_made_by
from tests.integration.ops.conftest import CommandLine
from tests.support.college import DAY, College, at
from tests.support.runs import detect


def test_a_database_that_is_fit_has_no_faults(college: College, ops: CommandLine) -> None:
    college.absence()
    assert ops("doctor").splitlines() == [
        "✓ The database and its data are fit.",
        "Checked: 1 register mark of 2026-11-23, 1 of them absent (“O”).",
    ]
    assert ops.code == 0


def test_a_day_without_marks_is_said_to_be_empty(college: College, ops: CommandLine) -> None:
    college.absence()
    shown = ops("doctor --date 2026-11-20")
    assert "Checked: no register marks of 2026-11-20." in shown


def test_a_day_without_an_absent_mark_asks_for_the_setting(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    college.change("register_marks", "TRUE", mark="N")
    assert "1 register mark of 2026-11-23, none of them absent: is “O” the" in ops("doctor")


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
    (row,) = fetch_all(college.database, "SELECT reference FROM students", {})
    listed = f"lesson {lesson} student {student} ({row['reference'] or 'no reference'})"
    (sentence,) = [one.sentence for one in criteria.DATA_CHECKS if one.name == check]
    assert f"“{sentence}” does not hold for {listed}. These get no text." in shown
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


def test_marks_from_the_future_ask_for_the_clock(college: College, ops: CommandLine) -> None:
    college.absence()
    college.change("register_marks", "TRUE", marked_at=f"{DAY} 13:30:00")
    shown = ops("doctor")
    assert "is later than the college's clock (12:50 in Europe/London)" in shown
    assert "the registers' clock is ahead, or college_time_zone is not its zone" in shown


def test_a_register_marked_the_next_morning_is_not_from_the_future(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    college.change("register_marks", "TRUE", marked_at="2026-11-24 09:00:00")
    ops.now = at("2026-11-24 09:30")
    shown = ops(f"doctor --date {DAY}")
    assert "college's clock" not in shown
    assert ops.code == 0


SUMMER_DAY = "2026-06-01"


def a_day_of_marks(college: College, day: str, early: int, late: int = 0) -> None:
    """Mark registers of lessons at 10:10: as UTC shows 10:15 in summer, and as the wall does."""
    lesson = college.lesson(f"{day} 10:10", f"{day} 11:10")
    for number in range(early + late):
        time = "09:15" if number < early else "10:15"
        college.mark(college.student(), lesson, mark="/", marked_at=f"{day} {time}")


@pytest.mark.parametrize(
    ("day", "early", "late", "told"),
    [
        (SUMMER_DAY, 10, 0, True),
        (SUMMER_DAY, 6, 4, True),
        (SUMMER_DAY, 5, 5, False),
        (SUMMER_DAY, 9, 0, False),
        (DAY, 10, 0, False),
    ],
)
def test_a_summer_days_registers_in_utc_are_noted(
    college: College, ops: CommandLine, day: str, early: int, late: int, *, told: bool
) -> None:
    a_day_of_marks(college, day, early, late)
    shown = ops(f"doctor --date {day}")
    assert ("looks like UTC (register marked before the lesson starts)" in shown) is told
    assert ops.code == 0


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


@pytest.mark.parametrize("table", tables_made_by(read_migrations()))
def test_one_of_our_tables_that_is_gone_is_named(
    database: Database, ops: CommandLine, table: str
) -> None:
    execute(database, f"RENAME TABLE {table} TO gone", {})
    shown = ops("doctor")
    execute(database, f"RENAME TABLE gone TO {table}", {})
    assert f"{table} " in shown
    assert "though its migration is recorded" in shown
    assert ops.code == 1


def test_our_tables_are_those_that_the_migrations_make(database: Database) -> None:
    found = {name for row in fetch_all(database, "SHOW TABLES", {}) for name in row.values()}
    assert found - set(CONTRACT) - {"student_contacts", RECORDS} == set(
        tables_made_by(read_migrations())
    )


def test_a_database_without_our_migrations_is_told_once(
    database: Database, ops: CommandLine
) -> None:
    execute(database, "RENAME TABLE schema_migrations TO gone", {})
    shown = ops("doctor")
    execute(database, "RENAME TABLE gone TO schema_migrations", {})
    assert shown.count("our migrations are not applied") == 1


def test_migrate_on_a_migrated_database_changes_nothing(ops: CommandLine) -> None:
    assert ops("migrate").strip() == "The database is up to date."
    assert ops.code == 0
