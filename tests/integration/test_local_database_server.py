"""The private database server starts whatever the last run left in its directory."""

import os
import signal
from contextlib import closing
from pathlib import Path

import pymysql
import pytest

from absence_texts.database import Credentials, connect, fetch_one
from local import database_server
from local.database_server import DatabaseServerError
from local.processes import recorded


def version(credentials: Credentials) -> str:
    with closing(connect(credentials)) as database:
        row = fetch_one(database, "SELECT VERSION() AS version", {})
    assert row
    return str(row["version"])


def test_it_answers_while_it_runs_and_not_afterwards(tmp_path: Path) -> None:
    with database_server.running(tmp_path) as credentials:
        assert version(credentials) in database_server.version()
    with pytest.raises(pymysql.OperationalError):
        connect(credentials)


def test_the_server_is_the_product_that_was_asked_for(server: Credentials) -> None:
    asked_for_mariadb = os.environ.get("DATABASE", "mariadb") == "mariadb"
    assert ("MariaDB" in version(server)) == asked_for_mariadb


def test_a_product_that_is_not_known_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE", "postgresql")
    with pytest.raises(DatabaseServerError, match="mariadb or mysql"):
        database_server.chosen_product()


def test_it_starts_after_a_run_that_was_killed_together_with_its_server(tmp_path: Path) -> None:
    credentials = database_server.new_credentials()
    database_server.start_in(tmp_path, credentials)
    server = recorded(tmp_path)[database_server.PROCESS]
    os.kill(server.pid, signal.SIGKILL)
    os.waitpid(server.pid, 0)
    with database_server.running(tmp_path) as fresh:
        assert version(fresh)


def test_a_server_that_a_killed_run_left_behind_is_replaced(tmp_path: Path) -> None:
    database_server.start_in(tmp_path, database_server.new_credentials())
    left_behind = recorded(tmp_path)[database_server.PROCESS]
    with database_server.running(tmp_path) as fresh:
        assert not left_behind.is_running()
        assert version(fresh)


def test_half_initialised_data_is_started_over(tmp_path: Path) -> None:
    data = tmp_path / "data" / "mysql"
    data.mkdir(parents=True)
    (data / "user.MYD").write_text("half")
    with database_server.running(tmp_path) as credentials:
        assert version(credentials)


def test_only_its_own_user_gets_in_over_the_network(server: Credentials) -> None:
    with pytest.raises(pymysql.OperationalError, match="Access denied"):
        pymysql.connect(host=server.host, port=server.port, user="root")
