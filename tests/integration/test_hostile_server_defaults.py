"""The service works on a server whose defaults are as bad as they can be."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from absence_redirect.lookup import SessionLookup
from absence_texts.database import Credentials, Database, connect, execute, fetch_all
from absence_texts.ledger import State
from db.migrate import migrate
from db.source.sample_schema import create_college_tables
from local import database_server
from local.database_server import chosen_product
from tests.support.aws_account import aws_account
from tests.support.college import College, wall_clock
from tests.support.lambda_runtime import Context, a_cold_start
from tests.support.link import TOKEN, link_settings, sha256
from tests.support.portal_sessions import log_in
from tests.support.receipts import a_logs_event, a_receipt
from tests.support.sqs_events import an_sqs_event, jobs

HOSTILE = (
    "--transaction-isolation=SERIALIZABLE",
    "--default-time-zone=+11:00",
    "--autocommit=0",
    "--completion-type=CHAIN",
    "--character-set-server=latin1",
    "--collation-server=latin1_bin",
    "--group-concat-max-len=4",
    "--max-join-size=1",
    "--init-connect=SET sql_select_limit = 1, sql_safe_updates = 1, sql_auto_is_null = 1",
)
HOSTILE_TO = {
    "MariaDB": (
        "--sql-mode=ORACLE,ANSI_QUOTES,PAD_CHAR_TO_FULL_LENGTH,HIGH_NOT_PRECEDENCE",
        "--max-statement-time=0.001",
        "--skip-character-set-client-handshake",
    ),
    "MySQL": (
        "--sql-mode=ANSI,ANSI_QUOTES,PAD_CHAR_TO_FULL_LENGTH,HIGH_NOT_PRECEDENCE",
        "--max-execution-time=1",
    ),
}
PADDED = (
    "ALTER TABLE students MODIFY reference CHAR(20) NOT NULL, MODIFY status CHAR(10) NOT NULL",
    "ALTER TABLE register_marks MODIFY mark CHAR(2) NOT NULL",
    "ALTER TABLE guardians MODIFY mobile CHAR(30) NULL, MODIFY status CHAR(10) NOT NULL",
    "ALTER TABLE guardian_students MODIFY status CHAR(10) NOT NULL",
)


@pytest.fixture(scope="module")
def hostile(run_files: Path) -> Iterator[Credentials]:
    options = (*HOSTILE, *HOSTILE_TO[chosen_product().name])
    with database_server.running(run_files / "hostile", *options) as credentials:
        yield credentials


@pytest.fixture
def college(hostile: Credentials) -> Iterator[College]:
    with closing(connect(hostile)) as database:
        create_college_tables(database)
        migrate(database)
        for statement in PADDED:
            execute(database, statement, {})
        yield College.of_today(database)


def session_settings(database: Database) -> dict[str, str]:
    names = (
        "sql_mode time_zone autocommit completion_type transaction_isolation tx_isolation"
        " collation_connection character_set_client character_set_results group_concat_max_len"
        " max_execution_time max_statement_time sql_auto_is_null sql_big_selects sql_safe_updates"
        " sql_select_limit"
    )
    rows = fetch_all(
        database, "SHOW VARIABLES WHERE variable_name IN %(names)s", {"names": names.split()}
    )
    return {row["Variable_name"]: row["Value"] for row in rows}


def test_a_session_has_the_same_settings_on_every_server(
    hostile: Credentials, database: Database
) -> None:
    with closing(connect(hostile)) as other:
        assert session_settings(other) == session_settings(database)


def test_a_text_goes_through_every_state(
    college: College, hostile: Credentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, guardian, _ = college.absence()
    log_in(college, guardian)
    with aws_account(hostile, monkeypatch) as sqs:
        a_cold_start("detect_absences")({}, Context())
        a_cold_start("send_sms")(an_sqs_event(jobs(sqs)), Context())
        text = college.the_text()
        assert text["state"] == State.SENT
        message_id = next(value for name, value in text.items() if name.endswith("message_id"))
        a_cold_start("record_delivery")(a_logs_event([a_receipt(message_id)]), Context())
    assert college.the_text()["state"] == State.DELIVERED
    assert len(college.pastoral_logs()) == 1
    lookup = SessionLookup(link_settings(), lambda: json.dumps(asdict(hostile)))
    session = lookup.find([sha256(TOKEN)], wall_clock("12:00"), with_names=True)
    assert session is not None
    assert len(session.students) == 1
