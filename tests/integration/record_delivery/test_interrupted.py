"""The function killed before every single statement: what it left is done by the next call."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, cast

import pytest
from pymysql.cursors import DictCursor

from absence_texts.database import Credentials, Database, connect, execute, fetch_all
from absence_texts.ledger import State
from tests.support.college import College
from tests.support.receipts import UNREACHABLE, a_receipt, record
from tests.support.runs import Phones, deliver, detect

MOBILE = "+447700900123"
LINES = (a_receipt(failed=UNREACHABLE), a_receipt("unheard", mobile=MOBILE))
STATEMENTS = 25
"""That one call makes: see the first test."""


class KilledError(BaseException):
    pass


class MortalDatabase:
    """A connection whose process is killed after so many statements."""

    def __init__(self, real: Database, *, lives_for: int) -> None:
        self._real = real
        self._lives_for = lives_for

    def statement(self) -> None:
        if self._lives_for == 0:
            raise KilledError
        self._lives_for -= 1

    def begin(self) -> None:
        self.statement()
        self._real.begin()

    def commit(self) -> None:
        self.statement()
        self._real.commit()

    def rollback(self) -> None:
        self._real.rollback()

    @contextmanager
    def cursor(self) -> Iterator["MortalCursor"]:
        with self._real.cursor() as real:
            yield MortalCursor(self, real)


class MortalCursor:
    def __init__(self, database: MortalDatabase, real: DictCursor) -> None:
        self._database = database
        self._real = real

    def execute(self, sql: str, parameters: Any) -> int:  # noqa: ANN401 (as PyMySQL takes them)
        self._database.statement()
        return self._real.execute(sql, parameters)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever fetches)
        return getattr(self._real, name)


@pytest.fixture
def college(college: College) -> College:
    """Send one text as message-1, and leave another in doubt."""
    for _ in range(2):
        _, guardian, _ = college.absence()
    college.change("guardians", f"guardian_id = {guardian}", mobile=MOBILE)
    detect(college)
    sent, in_doubt = college.texts()
    deliver(college, Phones(), text_id=sent["id"])
    deliver(college, Phones.in_doubt(), text_id=in_doubt["id"])
    return college


def record_and_be_killed(credentials: Credentials, statements: int) -> bool:
    """Record the lines on a connection of their own; return whether that was the end of it."""
    with closing(connect(credentials)) as real:
        mortal = cast("Database", MortalDatabase(real, lives_for=statements))
        try:
            record(College(mortal), *LINES)
        except KilledError:
            return True
    return False


@pytest.mark.usefixtures("college")
def test_the_statements_tried_below_are_all_that_a_call_makes(credentials: Credentials) -> None:
    assert not record_and_be_killed(credentials, STATEMENTS)


@pytest.mark.parametrize("statements", range(STATEMENTS))
def test_lambdas_second_try_records_what_the_first_left(
    credentials: Credentials, college: College, statements: int
) -> None:
    assert record_and_be_killed(credentials, statements)
    record(college, *LINES, time="11:36")
    assert [text["state"] for text in college.texts()] == [State.UNDELIVERED, State.DELIVERED]
    assert len(college.pastoral_logs()) == 2


class CutAtACommit:
    """A connection that the server closes just before one of its COMMITs."""

    def __init__(self, real: Database, server: Database, *, commits_before: int) -> None:
        self._real = real
        self._server = server
        self.commits_before = commits_before

    def commit(self) -> None:
        if self.commits_before == 0:
            (found,) = fetch_all(self._real, "SELECT CONNECTION_ID() AS id", {})
            execute(self._server, "KILL %(id)s", found)
        self.commits_before -= 1
        self._real.commit()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever a connection has)
        return getattr(self._real, name)


def test_a_call_whose_connection_is_cut_while_it_settles_records_everything_by_itself(
    credentials: Credentials, college: College
) -> None:
    with closing(connect(credentials)) as real:
        cut = CutAtACommit(real, college.database, commits_before=len(LINES))
        record(College(cast("Database", cut)), *LINES)
    assert cut.commits_before < 0
    assert [text["state"] for text in college.texts()] == [State.UNDELIVERED, State.DELIVERED]
    assert len(college.pastoral_logs()) == 2
