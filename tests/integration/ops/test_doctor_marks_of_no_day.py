"""doctor lists the absent marks that no run and no list of a day can find."""

from collections.abc import Iterator

import pytest

from absence_texts.database import Database, Value, execute
from tests.integration.ops.conftest import CommandLine, cells
from tests.support.college import DAY, College
from tests.support.schemas import scratch_schema

SCHEMA = "absence_texts_of_no_day"
TABLES = ("students", "lessons", "register_marks", "guardians", "guardian_students")
TODAY = f"{DAY} 10:15:00"


@pytest.fixture
def views(college: College, ops: CommandLine) -> Iterator[Database]:
    """Give the college's rows as views whose ids and times may be missing."""
    with scratch_schema(college.database, SCHEMA):
        for table in (*TABLES, "portal_sessions"):
            execute(
                college.database,
                f"CREATE TABLE {SCHEMA}.base_{table} AS SELECT * FROM {table}",
                {},
            )
            execute(
                college.database,
                f"CREATE VIEW {SCHEMA}.{table} AS SELECT * FROM {SCHEMA}.base_{table}",
                {},
            )
        execute(
            college.database,
            f"ALTER TABLE {SCHEMA}.base_register_marks MODIFY lesson_id INT NULL",
            {},
        )
        execute(
            college.database,
            f"ALTER TABLE {SCHEMA}.base_lessons MODIFY starts_at DATETIME NULL,"
            " MODIFY ends_at DATETIME NULL",
            {},
        )
        ops.settings["source_schema"] = SCHEMA
        yield college.database


def change(database: Database, table: str, **columns: Value) -> None:
    assignments = ", ".join(f"{column} = %({column})s" for column in columns)
    execute(database, f"UPDATE {SCHEMA}.base_{table} SET {assignments}", columns)


@pytest.fixture
def absence(college: College) -> tuple[int, int]:
    student, _, lesson = college.absence()
    return lesson, student


def faults(ops: CommandLine, words: str = "doctor") -> dict[str, str]:
    """Return the message of each fault of the data; a view's indexes are noted and left out."""
    return {where: message for sign, where, message in cells(ops(words)) if sign == "✗"}


@pytest.mark.parametrize("lesson_id", [None, 999])
@pytest.mark.parametrize("marked_at", [TODAY, None, "1970-01-01"])
def test_a_mark_of_no_lesson_is_listed(
    absence: tuple[int, int],
    views: Database,
    ops: CommandLine,
    lesson_id: int | None,
    marked_at: str | None,
) -> None:
    change(views, "register_marks", lesson_id=lesson_id, marked_at=marked_at)
    assert f"student {absence[1]} (STE" in faults(ops)["register_marks.lesson_id"]
    assert ops.code == 1


def test_a_mark_of_no_lesson_is_of_the_day_on_which_it_was_entered(
    absence: tuple[int, int], views: Database, ops: CommandLine
) -> None:
    change(views, "register_marks", lesson_id=999)
    assert faults(ops, "doctor --date 2026-11-20") == {}
    assert absence


@pytest.mark.parametrize(
    ("ends_at", "marked_at", "where"),
    [
        (TODAY, None, "lesson_times_in_order"),
        (None, TODAY, "lesson_times_in_order"),
        (None, None, "lessons.starts_at"),
        ("1970-01-01", "1970-01-01", "lessons.starts_at"),
    ],
)
def test_a_mark_of_a_lesson_without_a_start_is_listed(
    absence: tuple[int, int],
    views: Database,
    ops: CommandLine,
    ends_at: str | None,
    marked_at: str | None,
    where: str,
) -> None:
    change(views, "lessons", starts_at=None, ends_at=ends_at)
    change(views, "register_marks", marked_at=marked_at)
    lesson, student = absence
    assert f"lesson {lesson} student {student}" in faults(ops)[where]


def test_another_mark_is_no_absence(
    absence: tuple[int, int], views: Database, ops: CommandLine
) -> None:
    change(views, "register_marks", lesson_id=None, mark="/")
    assert faults(ops) == {}
    assert absence


def test_many_marks_are_counted(college: College, views: Database, ops: CommandLine) -> None:
    student = college.student()
    ops.width = 4000
    execute(
        views,
        f"INSERT INTO {SCHEMA}.base_register_marks (lesson_id, student_id, mark, marked_at)"
        f" SELECT 1000 + seq.n, {student}, 'O', %(today)s FROM ("
        + " UNION ALL ".join(f"SELECT {number} AS n" for number in range(25))
        + ") seq",
        {"today": TODAY},
    )
    message = faults(ops)["register_marks.lesson_id"]
    assert "25: lesson 1000" in message
    assert "5 more" in message
