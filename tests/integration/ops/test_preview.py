"""preview: who would be texted by a run at some instant, touching nothing."""

import pytest
from pymysql import MySQLError

from absence_texts.database import Database, execute
from ops.rehearsal import untouched
from tests.college import College
from tests.integration.ops.conftest import CommandLine
from tests.runs import Phones, deliver, detect
from tests.statements import recorded


def test_who_would_be_texted_is_listed_with_a_masked_mobile(
    college: College, ops: CommandLine
) -> None:
    _, guardian, _ = college.absence()
    college.change("guardians", "TRUE", mobile="07700 900123")
    shown = ops("preview --as-of 2026-11-23T11:35")
    assert "A run at 2026-11-23 11:35 would claim 1 text." in shown
    assert ["STE00000001", "10:10", str(guardian), "…123"] == [
        cell.strip() for cell in shown.splitlines()[4].strip("│").split("│")
    ]
    assert (college.texts(), college.decisions()) == ((), {})


@pytest.mark.parametrize(("time", "texts"), [("11:29:59", "no texts"), ("11:30", "1 text")])
def test_the_preview_is_as_of_the_instant(
    college: College, ops: CommandLine, time: str, texts: str
) -> None:
    college.absence()
    assert f"would claim {texts}." in ops(f"preview --as-of 2026-11-23T{time}")


def test_what_is_claimed_already_would_not_be_claimed_again(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    detect(college)
    assert "would claim no texts." in ops("preview")


def test_compare_shows_nothing_when_what_should_be_sent_was(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    detect(college)
    deliver(college, Phones())
    shown = ops("preview --compare")
    assert shown.strip() == "By 2026-11-23 12:50 there should be 1 text; 1 text went out."


def test_compare_shows_what_was_not_sent(college: College, ops: CommandLine) -> None:
    college.absence()
    shown = ops("preview --compare")
    assert "there should be 1 text; no texts went out." in shown
    assert "Not sent" in shown


def test_compare_shows_what_was_sent_and_would_not_be_now(
    college: College, ops: CommandLine
) -> None:
    college.absence()
    detect(college)
    deliver(college, Phones())
    college.change("register_marks", "TRUE", mark="/")
    assert "Sent, but would not be now" in ops("preview --compare")


@pytest.mark.parametrize("words", ["preview", "preview --compare"])
def test_a_preview_only_asks_and_in_a_read_only_transaction(
    college: College, ops: CommandLine, words: str
) -> None:
    college.absence()
    with recorded(college.database) as statements:
        ops(words)
    first, *others = statements
    assert first == "START TRANSACTION READ ONLY"
    assert {statement.split()[0] for statement in others} == {"SELECT"}


def test_the_server_refuses_to_write_during_a_preview(database: Database) -> None:
    with untouched(database), pytest.raises(MySQLError, match="READ ONLY"):
        execute(database, "DELETE FROM absence_texts", {})
