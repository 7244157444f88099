"""preview: who would be texted by a run at some instant, touching nothing."""

from contextlib import suppress

import pytest
from pymysql import MySQLError, OperationalError

from absence_texts.database import Credentials, Database, connect, execute
from absence_texts.ledger import State
from absence_texts.wording import counted
from ops.preview.expected_texts import read_only
from tests.integration.ops.conftest import CommandLine, cells
from tests.support.college import College
from tests.support.runs import detect
from tests.support.statements import recorded


def test_who_would_be_texted_is_listed_with_a_masked_mobile(
    college: College, ops: CommandLine
) -> None:
    _, guardian, _ = college.absence()
    college.change("guardians", "TRUE", mobile="07700 900123")
    shown = ops("preview --as-of 2026-11-23T11:35")
    assert "A run at 2026-11-23 11:35 would claim 1 text." in shown
    assert cells(shown) == [
        ["STE00000001", "Ada Lovelace", "10:10", str(guardian), "Byron", "…123"]
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


@pytest.mark.parametrize(
    ("time", "says"),
    [
        ("07:00", "08:00"),
        ("12:40", ""),
        ("20:00", "closed at 20:00"),
    ],
)
def test_a_run_claims_exactly_what_was_previewed(
    college: College, ops: CommandLine, time: str, says: str
) -> None:
    student, _ = college.student_with_guardian()
    college.mark(student, college.lesson("05:00", "06:00"), marked_at="05:30")
    cancelled, guardian = college.student_with_guardian()
    lesson = college.lesson("05:05", "06:05")
    college.mark(cancelled, lesson, marked_at="05:30")
    college.claim(cancelled, guardian, lesson, State.CANCELLED)
    shown = ops(f"preview --as-of {time}")
    counts = detect(college, time)
    claimed = counts["claimed"] + counts["claimed_again"]
    assert claimed == (1 if time == "20:00" else 2)
    assert f"would claim {counted(claimed, 'text')}." in shown
    assert says in shown


def test_a_time_alone_is_todays(college: College, ops: CommandLine) -> None:
    college.absence()
    assert "A run at 2026-11-23 11:35 would claim 1 text." in ops("preview --as-of 11:35")


@pytest.mark.parametrize(("words", "noted"), [("", False), (" --as-of 11:35", True)])
def test_a_preview_of_the_past_says_that_it_is_by_the_present_data(
    college: College, ops: CommandLine, words: str, *, noted: bool
) -> None:
    college.absence()
    shown = ops(f"preview{words}")
    assert ("as they are now" in shown) is noted


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


def test_a_connection_lost_during_a_preview_keeps_the_servers_own_words(
    credentials: Credentials,
) -> None:
    database = connect(credentials)

    def ask() -> None:
        with read_only(database):
            with suppress(MySQLError):
                execute(database, "KILL CONNECTION_ID()", {})
            execute(database, "SELECT 1", {})

    with pytest.raises(OperationalError):
        ask()


def test_the_server_refuses_to_write_during_a_preview(database: Database) -> None:
    with read_only(database), pytest.raises(MySQLError, match="READ ONLY"):
        execute(database, "DELETE FROM absence_texts", {})
