"""A private database server: its directory, port and users are its own, not the machine's.

The environment variable DATABASE names the server: `mariadb`, which is the default, or `mysql`.
"""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pymysql

from absence_texts.database import Credentials
from local import mariadb, mysql
from local.loopback import HOST, free_port
from local.processes import start, stop_all
from local.readiness import wait_until_ready
from local.server_product import ServerProduct

USER = "absence_texts"
SCHEMA = "absence_texts"
PROCESS = "database"
"""The server's name among the processes of its directory."""
PRODUCTS: Mapping[str, ServerProduct] = {"mariadb": mariadb.PRODUCT, "mysql": mysql.PRODUCT}
_FOR_SHORT_LIVES = (
    "--innodb-buffer-pool-size=64M",
    "--innodb-flush-log-at-trx-commit=2",
    "--innodb-use-native-aio=0",
)


class DatabaseServerError(Exception):
    """The private server could not be started."""


def chosen_product() -> ServerProduct:
    """Return the product that DATABASE names; raises DatabaseServerError."""
    name = os.environ.get("DATABASE") or "mariadb"
    if name not in PRODUCTS:
        raise DatabaseServerError(
            f"DATABASE is {name!r}: set it to {' or '.join(sorted(PRODUCTS))}."
        )
    return PRODUCTS[name]


def version() -> str:
    """Return what the chosen server says of its version; raises ProgramMissingError."""
    command = [*chosen_product().program(), "--no-defaults", "--version"]
    return subprocess.check_output(command, text=True).strip()  # noqa: S603 (our own words)


@contextmanager
def running(directory: Path, *options: str) -> Iterator[Credentials]:
    """Start a server in this directory, with further options of its own, and stop it afterwards.

    If a crashed run left a server in this directory, that server is stopped first.
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
    """Start an empty server, without the data that an earlier server left in this directory.

    Raises DatabaseServerError, ProcessError or ProgramMissingError.
    """
    data = _data(directory)
    shutil.rmtree(data, ignore_errors=True)
    directory.mkdir(parents=True, exist_ok=True)
    _initialise(data)
    _start(directory, credentials, *options)


def start_again_in(directory: Path, credentials: Credentials) -> None:
    """Start the server that was stopped in this directory, with the data it holds."""
    _start(directory, credentials)


def _data(directory: Path) -> Path:
    return directory / "data"


def _initialise(data: Path) -> None:
    command = [*chosen_product().initialise(data), *_run_as()]
    done = subprocess.run(  # noqa: S603 (our own words)
        command,
        # In /tmp, another server that starts would remove this server's temporary tables.
        env=os.environ | {"TMPDIR": str(data.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise DatabaseServerError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _start(directory: Path, credentials: Credentials, *options: str) -> None:
    data = _data(directory)
    product = chosen_product()
    command = [
        *product.program(),
        "--no-defaults",
        *_options(data, credentials),
        *product.options(data),
        *options,
    ]
    wait_until_ready(
        start(command, name=PROCESS, directory=directory),
        lambda: _connect(credentials),
        name=PROCESS,
        directory=directory,
        silence=pymysql.OperationalError,
    )


def _options(data: Path, credentials: Credentials) -> list[str]:
    return [
        f"--datadir={data}",
        f"--tmpdir={data}",
        f"--bind-address={credentials.host}",
        f"--port={credentials.port}",
        # A socket's path may have 107 characters, so this path is relative to the data.
        "--socket=database.sock",
        "--skip-name-resolve",
        f"--init-file={_write_first_statements(data, credentials)}",
        *_FOR_SHORT_LIVES,
        *_run_as(),
    ]


def _write_first_statements(data: Path, credentials: Credentials) -> Path:
    """Write what the server runs as it starts.

    The statements make the schema, and a user who may make and use schemas whose names begin
    with the schema's.
    """
    user = f"'{credentials.username}'@'{HOST}'"
    path = data / "first.sql"
    path.touch(mode=0o600)
    path.write_text(
        f"CREATE DATABASE IF NOT EXISTS {credentials.dbname} CHARACTER SET utf8mb4;\n"
        f"CREATE USER IF NOT EXISTS {user} IDENTIFIED BY '{credentials.password}';\n"
        f"GRANT ALL ON `{credentials.dbname.replace('_', r'\_')}%`.* TO {user} WITH GRANT OPTION;\n"
        f"GRANT CREATE USER, PROCESS ON *.* TO {user};\n"
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
    """Tell the server that root is meant; an ordinary user runs the server as themselves."""
    return ["--user=root"] if os.geteuid() == 0 else []
