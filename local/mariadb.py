"""A private MariaDB: a directory and a port of its own, and nothing shared with the machine's."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pymysql

from absence_texts.database import Credentials
from local.loopback import HOST, free_port
from local.processes import start, stop_all
from local.programs import program
from local.readiness import wait_until_ready

USER = "absence_texts"
SCHEMA = "absence_texts"
_NAME = "mariadb"
_FOR_SHORT_LIVES = (
    "--innodb-buffer-pool-size=64M",
    "--innodb-flush-log-at-trx-commit=2",
    "--skip-innodb-doublewrite",
    "--innodb-use-native-aio=0",
)


class MariaDBError(Exception):
    """The private server could not be started."""


@contextmanager
def running(directory: Path, *options: str) -> Iterator[Credentials]:
    """Start a server in this directory, with further options of its own, and stop it afterwards.

    One that a crashed run left in this directory is stopped first.
    """
    stop_all(directory)
    credentials = new_credentials()
    try:
        start_in(directory, credentials, *options)
        yield credentials
    finally:
        stop_all(directory)


def new_credentials() -> Credentials:
    return Credentials(
        host=HOST,
        port=free_port(),
        username=USER,
        password=secrets.token_urlsafe(24),
        dbname=SCHEMA,
    )


def start_in(directory: Path, credentials: Credentials, *options: str) -> None:
    """Start an empty server; what an earlier one kept in this directory is forgotten."""
    data = directory / "mariadb"
    shutil.rmtree(data, ignore_errors=True)
    directory.mkdir(parents=True, exist_ok=True)
    _initialise(data)
    _start(directory, [*_command(data, credentials), *options], credentials)


def start_again_in(directory: Path, credentials: Credentials) -> None:
    """Start the server that was stopped in this directory, with all that it holds."""
    _start(directory, _command(directory / "mariadb", credentials), credentials)


def _start(directory: Path, command: Sequence[str], credentials: Credentials) -> None:
    server = start(command, name=_NAME, directory=directory)
    wait_until_ready(
        server,
        lambda: _connect(credentials),
        name=_NAME,
        directory=directory,
        silence=pymysql.OperationalError,
    )


def _initialise(data: Path) -> None:
    command = [
        program("mariadb-install-db"),
        "--no-defaults",
        f"--datadir={data}",
        "--skip-test-db",
        "--skip-name-resolve",
        "--auth-root-authentication-method=socket",
        *_run_as(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    if done.returncode != 0:
        raise MariaDBError(f"mariadb-install-db failed:\n{done.stdout}{done.stderr}")


def _command(data: Path, credentials: Credentials) -> list[str]:
    # A socket's path may have 107 characters: this one is relative to the data.
    return [
        program("mariadbd"),
        "--no-defaults",
        f"--datadir={data}",
        f"--tmpdir={data}",
        f"--bind-address={credentials.host}",
        f"--port={credentials.port}",
        "--socket=mariadb.sock",
        "--skip-name-resolve",
        "--character-set-server=utf8mb4",
        f"--init-file={_write_first_statements(data, credentials)}",
        *_FOR_SHORT_LIVES,
        *_run_as(),
    ]


def _write_first_statements(data: Path, credentials: Credentials) -> Path:
    """Write what the server runs as it starts: the schema, and who may use it and its kin."""
    user = f"'{credentials.username}'@'{HOST}'"
    path = data / "first.sql"
    path.touch(mode=0o600)
    path.write_text(
        f"CREATE DATABASE IF NOT EXISTS {credentials.dbname} CHARACTER SET utf8mb4;\n"
        f"CREATE USER IF NOT EXISTS {user} IDENTIFIED BY '{credentials.password}';\n"
        f"GRANT ALL ON `{credentials.dbname.replace('_', r'\_')}%`.* TO {user} WITH GRANT OPTION;\n"
        f"GRANT CREATE USER ON *.* TO {user};\n"
    )
    return path


def _connect(credentials: Credentials) -> None:
    pymysql.connect(
        host=credentials.host,
        port=credentials.port,
        user=credentials.username,
        password=credentials.password,
    ).close()


def _run_as() -> list[str]:
    """Tell the server that root is meant; an ordinary user runs it as themselves."""
    return ["--user=root"] if os.geteuid() == 0 else []
