"""day and unreached: the order, and the names that a college may have or leave out."""

import csv

from absence_texts.source import KEYS
from tests.integration.ops.conftest import CommandLine
from tests.support.college import College
from tests.support.schemas import scratch_schema


def listed(ops: CommandLine, words: str = "unreached") -> list[dict[str, str]]:
    return list(csv.DictReader(ops(f"{words} --csv").splitlines()))


def test_names_are_listed(college: College, ops: CommandLine) -> None:
    student, guardian, _ = college.absence()
    college.change("students", f"student_id = {student}", first_name="Amira", last_name="Khan")
    college.change("guardians", f"guardian_id = {guardian}", name="Bilal\x1b Khan")
    (row,) = listed(ops)
    assert (row["student name"], row["guardian name"]) == ("Amira Khan", "Bilal Khan")


def test_a_college_may_leave_the_names_out(college: College, ops: CommandLine) -> None:
    college.absence()
    with scratch_schema(college.database, f"{college.schema}_nameless") as views:
        for table in KEYS:
            columns = {
                "students": "student_id, reference, first_name, status",
                "guardians": "guardian_id, mobile, status",
                "guardian_students": "guardian_id, student_id, status",
            }.get(table, "*")
            college.database.query(
                f"CREATE VIEW {views}.{table} AS SELECT {columns} FROM {college.schema}.{table}"
            )
        ops.settings["source_schema"] = views
        (row,) = listed(ops)
    assert (row["student name"], row["guardian name"], row["lives with"]) == ("Ada", "", "")


def test_the_guardian_at_home_comes_first(college: College, ops: CommandLine) -> None:
    student, elsewhere, _ = college.absence()
    at_home = college.guardian()
    college.link(at_home, student, lives_with=1)
    assert [row["guardian"] for row in listed(ops)] == [str(at_home), str(elsewhere)]


def test_whoever_has_waited_longest_for_news_comes_first(
    college: College, ops: CommandLine
) -> None:
    _, _, lesson = college.absence()
    college.change("lessons", f"lesson_id = {lesson}", starts_at=f"{college.day} 10:15:00")
    waits_longest, _ = college.student_with_guardian()
    college.mark(waits_longest, college.lesson("09:00", "10:00"), marked_at="09:05")
    assert [row["lesson"] for row in listed(ops)] == ["09:00", "10:15"]


def test_a_student_who_is_in_a_view_twice_is_listed_once(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    with scratch_schema(college.database, f"{college.schema}_twice") as views:
        for table in KEYS:
            source = f"SELECT * FROM {college.schema}.{table}"
            twice = f"{source} UNION ALL {source}" if table == "students" else source
            college.database.query(f"CREATE VIEW {views}.{table} AS {twice}")
        ops.settings["source_schema"] = views
        assert len(listed(ops)) == 1
