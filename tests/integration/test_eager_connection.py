"""A transaction whose BEGIN goes along with its first statement is a transaction all the same."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from pymysql import IntegrityError, OperationalError, ProgrammingError

from absence_texts.database import Credentials, Database, connect, execute, fetch_all, transaction
from tests.support.college import College


@pytest.fixture
def eager(credentials: Credentials) -> Iterator[Database]:
    with closing(connect(credentials, eager=True)) as database:
        yield database


def statuses(database: Database) -> list[str]:
    """Return what another connection sees."""
    rows = fetch_all(database, "SELECT status FROM students ORDER BY student_id", {})
    return [row["status"] for row in rows]


UPDATE = "UPDATE students SET status = %(status)s"
IMPOSSIBLE = "INSERT INTO students SELECT * FROM students"


def in_one_transaction(database: Database, *statements: str) -> None:
    with transaction(database):
        for statement in statements:
            execute(database, statement, {"status": "C17"})


def test_it_commits_together_what_is_done_inside(eager: Database, database: Database) -> None:
    College(database).student(status="C16")
    with transaction(eager):
        assert execute(eager, UPDATE, {"status": "C17"}) == 1
        assert execute(eager, UPDATE, {"status": "C18"}) == 1
        assert statuses(eager) == ["C18"]
        assert statuses(database) == ["C16"]
    assert statuses(database) == ["C18"]


def test_it_rolls_all_of_it_back_after_an_error(eager: Database, database: Database) -> None:
    College(database).student(status="C16")
    with pytest.raises(IntegrityError):
        in_one_transaction(eager, UPDATE, IMPOSSIBLE)
    assert statuses(database) == ["C16"]


def test_a_first_statement_that_fails_leaves_no_transaction_open(
    eager: Database, database: Database
) -> None:
    College(database).student(status="C16")
    with pytest.raises(IntegrityError):
        in_one_transaction(eager, IMPOSSIBLE)
    assert execute(eager, UPDATE, {"status": "C17"}) == 1
    assert statuses(database) == ["C17"]


def test_one_in_which_nothing_is_done_begins_nothing(eager: Database, database: Database) -> None:
    College(database).student(status="C16")
    with transaction(eager):
        pass
    execute(eager, UPDATE, {"status": "C17"})
    assert statuses(database) == ["C17"]


def test_a_connection_that_is_not_eager_refuses_several_statements_at_once(
    database: Database,
) -> None:
    with pytest.raises(ProgrammingError, match="You have an error in your SQL syntax"):
        execute(database, "SELECT 1; SELECT 2", {})


@pytest.mark.parametrize("eager", [True, False])
def test_a_lost_connection_is_what_the_caller_is_told_of(
    credentials: Credentials, *, eager: bool
) -> None:
    """A rollback over the lost connection fails as well, with an InterfaceError."""
    with (
        closing(connect(credentials, eager=eager)) as connection,
        pytest.raises(OperationalError),
    ):
        in_one_transaction(connection, "KILL CONNECTION_ID()", "SELECT 1")
