"""doctor --prove plays every statement of the service on the server, in a schema of its own."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pymysql.cursors import Cursor

from absence_redirect.sessions import find_session, sessions_sql
from absence_texts.database import Database, execute, fetch_all
from ops.doctor.proof.play import prove
from ops.doctor.proof.scratch_schema import PREFIX
from ops.doctor.proof.statement_log import StatementLog
from tests.integration.ops.conftest import CommandLine, cells
from tests.support.college import College, wall_clock
from tests.support.link import TOKEN, sha256
from tests.support.portal_sessions import log_in
from tests.support.receipts import a_receipt, record
from tests.support.runs import MemoryQueue, Phones, deliver, detect
from tests.support.statements import recorded

ROOT = Path(__file__).parents[3]
SERVICE = (ROOT / "functions", ROOT / "layers" / "common" / "python", ROOT / "db")
_RUNS_A_STATEMENT = {"execute", "executemany", "fetch_all", "fetch_one"}

type Call = tuple[str, int, int]
"""A file, and the first and the last line of a call that runs a statement."""


def calls_in(path: Path) -> Iterator[Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name) if name in _RUNS_A_STATEMENT:
                    yield str(path), node.lineno, node.end_lineno or node.lineno


@cache
def calls_of_the_service() -> frozenset[Call]:
    files = (path for folder in SERVICE for path in folder.rglob("*.py"))
    return frozenset(call for path in files for call in calls_in(path))


@pytest.fixture
def lines_run(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, int]]:
    """Collect each line of code that is on the way to a statement."""
    lines: set[tuple[str, int]] = set()
    original = Cursor.execute

    def execute(self: Cursor, query: str, args: Any = None) -> int:  # noqa: ANN401 (PyMySQL's)
        frame = sys._getframe()  # noqa: SLF001 (there is no other way)
        while frame.f_back:
            frame = frame.f_back
            lines.add((frame.f_code.co_filename, frame.f_lineno))
        return original(self, query, args)

    monkeypatch.setattr(Cursor, "execute", execute)
    return lines


def schemas_left(database: Database) -> int:
    return len(fetch_all(database, f"SHOW SCHEMAS LIKE '{PREFIX}%%'", {}))


def test_a_server_that_serves_has_no_fault(ops: CommandLine) -> None:
    assert cells(ops("doctor --prove")) == []
    assert ops.code == 0
    assert schemas_left(ops.database) == 0


def test_every_statement_of_the_service_is_played(
    ops: CommandLine, lines_run: set[tuple[str, int]]
) -> None:
    """A statement that is new in the code, and that no step plays, is named here."""
    ops("doctor --prove")
    not_played = [
        call
        for call in calls_of_the_service()
        if not any(file == call[0] and call[1] <= line <= call[2] for file, line in lines_run)
    ]
    assert not_played == []


def shape(statement: str) -> str:
    """Return a statement without its values and without the schema's name."""
    without_values = re.sub(r"'[^']*'|\bNULL\b|\b\d+\b", "?", statement)
    without_lists = re.sub(r"\(\?(, ?\?)*\)", "(?)", without_values)
    return re.sub(r"`\w+`\.", "", without_lists)


def test_the_statements_of_an_ordinary_day_are_those_that_are_played(
    college: College, ops: CommandLine
) -> None:
    """Of a statement that is put together in several ways, the usual way is played too."""
    log = StatementLog()
    assert list(prove(ops.database, ops.open_schema, log)) == []
    college.absence()
    guardian = college.absence()[1]
    log_in(college, guardian)
    queue, phones = MemoryQueue(), Phones()
    with recorded(college.database) as statements:
        detect(college, queue=queue)
        for text_id in queue.jobs:
            deliver(college, phones, text_id=text_id)
        record(college, a_receipt())
        detect(college, "20:00")
        sql = sessions_sql(None, full=True, last_names=True)
        find_session(college.database, sql, [sha256(TOKEN)], wall_clock("12:00"))
    played = {shape(statement) for statement in log.run}
    assert [each for each in statements if shape(each) not in played] == []


def test_a_run_that_would_make_a_tutor_wait_is_a_fault_with_its_statement(
    ops: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_schema = ops.open_schema

    def open_repeatable(schema: str, *, eager: bool) -> Database:
        database = open_schema(schema, eager=eager)
        execute(database, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", {})
        return database

    monkeypatch.setattr(ops, "open_schema", open_repeatable)
    found = cells(ops("doctor --prove"))
    assert ops.code == 1
    assert len(found) == 2
    for _, where, message in found:
        assert "marking during a run" in where
        assert "UPDATE register_marks" in message
    assert schemas_left(ops.database) == 0
