"""Under a function's own database user a command says what it may not, and whose secret to use."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from absence_texts.database import Credentials, Database, connect, execute
from db.grants import USERS
from local.database_users import create_users, new_logins
from ops.doctor.finding import NOT_SEEN, OWNERS_SECRET
from ops.doctor.proof.scratch_schema import PREFIX
from tests.integration.ops.conftest import CommandLine, cells
from tests.support.college import College
from tests.support.runs import Phones, deliver, detect


@pytest.fixture
def as_detection(database: Database, credentials: Credentials) -> Iterator[CommandLine]:
    """Return a command line that works as detection's user."""
    logins = new_logins(credentials)
    create_users(database, logins.values())
    with closing(connect(logins["detect_absences"])) as connection:
        yield CommandLine(connection)
    for user in USERS:
        execute(database, f"DROP USER '{user}'@'127.0.0.1'", {})


def test_doctor_does_not_call_missing_what_its_user_may_not_see(as_detection: CommandLine) -> None:
    found = {where: message for _, where, message in cells(as_detection("doctor"))}
    assert found.keys() >= {"portal_sessions", "schema_migrations"}
    assert all(NOT_SEEN in found[name] for name in ("portal_sessions", "schema_migrations"))
    assert OWNERS_SECRET in found["portal_sessions"]


def test_a_user_who_may_make_no_schema_is_told_so(as_detection: CommandLine) -> None:
    ((_, where, message),) = cells(as_detection("doctor --prove"))
    assert where == "scratch schema"
    assert PREFIX in message
    assert as_detection.code == 1


def test_migrate_says_that_its_user_may_not(as_detection: CommandLine) -> None:
    shown = as_detection("migrate")
    assert "denied to user 'detect_absences'" in shown
    assert "--secret" in shown
    assert as_detection.code == 2


@pytest.mark.parametrize(
    "words",
    [
        "explain --student STE00000001",
        "explain --student ada",
        "explain --guardian 2",
        "preview",
        "preview --compare",
        "unreached",
        "day --csv",
        "day --lesson 10:10 --csv",
        "reach",
        "grants",
    ],
)
def test_detections_user_may_do_what_its_commands_need(
    college: College, as_detection: CommandLine, words: str
) -> None:
    college.absence()
    as_detection(words)
    assert as_detection.code == 0


def test_detections_user_may_resend_and_record_it(
    college: College, as_detection: CommandLine
) -> None:
    college.absence()
    detect(college)
    deliver(college, Phones.in_doubt())
    as_detection(f"resend --text {college.the_text_id()} --confirm")
    assert as_detection.code == 0
