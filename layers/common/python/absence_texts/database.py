"""Connections to the college's MySQL or MariaDB server."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from pymysql import InterfaceError, MySQLError, OperationalError
from pymysql.connections import Connection
from pymysql.constants import CLIENT
from pymysql.cursors import DictCursor, SSDictCursor

from absence_texts.server_connection import (
    CheckedConnection,
    EagerConnection,
    encryption,
    session_statement,
)

type Value = str | int | date | None
type Row = Mapping[str, Any]
type Database = Connection[DictCursor]

CONNECTION_ERRORS = (OperationalError, InterfaceError)
"""The errors of a connection that can't be opened, or was lost."""
# The server gives up first, so that its answer says so and nothing is left running.
_STATEMENT_SHARE = 0.9
_READ_AHEAD = 5_000
"""Rows."""


class SecretError(Exception):
    """The database secret is not what a connection needs."""


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What the database secret holds, under the key names that RDS gives its own secrets."""

    host: str
    port: int
    username: str
    password: str
    dbname: str

    @classmethod
    def from_secret(cls, secret: str) -> "Credentials":
        """Read the secret's JSON text.

        Raises SecretError, which names the keys that are wrong and never a value.
        """
        fields = _fields_of(secret)
        missing = {"host", "username", "password", "dbname"} - fields.keys()
        if missing:
            raise SecretError(
                f"The database secret has no {', '.join(sorted(missing))}: add it to the secret."
            )
        return cls(
            host=fields["host"],
            port=_port_in(fields),
            username=fields["username"],
            password=fields["password"],
            dbname=fields["dbname"],
        )


def _fields_of(secret: str) -> dict[str, Any]:
    try:
        fields = json.loads(secret)
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        raise SecretError("The database secret is no JSON object: see docs/operations/deploy.md.")
    return fields


def _port_in(fields: Mapping[str, Any]) -> int:
    try:
        return int(fields.get("port", 3306))
    except (TypeError, ValueError):
        raise SecretError("The database secret's port is no number: 3306, say.") from None


@dataclass(frozen=True, kw_only=True)
class Timeouts:
    """In seconds. PyMySQL's own read and write time-outs are unlimited."""

    connect: int = 5
    read: int = 30
    write: int = 10


def connect(
    credentials: Credentials,
    *,
    timeouts: Timeouts = Timeouts(),
    tls_ca: str | None = None,
    eager: bool = False,
) -> Database:
    """Open a connection with autocommit; raises MySQLError.

    Whatever the server's defaults are, the session is as the code expects it. The isolation is
    READ COMMITTED, because under REPEATABLE READ an `INSERT ... SELECT` takes shared locks on the
    registers it reads and would hold up the tutors who are marking them.
    https://dev.mysql.com/doc/refman/8.4/en/innodb-consistent-read.html

    With `tls_ca` the server's certificate is verified. Without `tls_ca` the connection is encrypted
    but not verified; only a server on this machine may do without encryption.

    An `eager` connection sends BEGIN along with the next statement. The server must then accept
    several statements at once, so the function that faces the internet does not use it.
    """
    return (EagerConnection if eager else CheckedConnection)(
        host=credentials.host,
        port=credentials.port,
        user=credentials.username,
        password=credentials.password,
        database=credentials.dbname,
        charset="utf8mb4",
        collation="utf8mb4_bin",
        autocommit=None,
        connect_timeout=timeouts.connect,
        read_timeout=timeouts.read,
        write_timeout=timeouts.write,
        init_command=session_statement(statement_seconds=timeouts.read * _STATEMENT_SHARE),
        cursorclass=DictCursor,
        client_flag=CLIENT.MULTI_STATEMENTS if eager else 0,
        **encryption(credentials.host, tls_ca),
    )


def execute(database: Database, sql: str, parameters: Mapping[str, Any]) -> int:
    """Run one statement and return the number of rows it changed."""
    with database.cursor() as cursor:
        return cursor.execute(sql, parameters)


def fetch_all(database: Database, sql: str, parameters: Mapping[str, Any]) -> tuple[Row, ...]:
    with database.cursor() as cursor:
        cursor.execute(sql, parameters)
        return tuple(cursor.fetchall())


def fetch_one(database: Database, sql: str, parameters: Mapping[str, Any]) -> Row | None:
    with database.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()


def stream(database: Database, sql: str, parameters: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows as they come: a long result needs no more memory than a short one.

    The connection can do nothing else until the last row is read. Rows are read ahead, so that a
    list of ordinary length does not keep the server waiting while a person reads.
    """
    with database.cursor(SSDictCursor) as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(_READ_AHEAD):
            yield from rows


@contextmanager
def transaction(database: Database) -> Iterator[None]:
    """Commit what is done inside, or roll all of it back."""
    database.begin()
    try:
        yield
    except BaseException:
        # A lost connection can't roll back, but the server does. The caller is told the cause.
        with suppress(MySQLError):
            database.rollback()
        raise
    database.commit()


def connect_again(database: Database) -> None:
    """Open the connection if it was lost."""
    if not database.open:
        database.connect()


def once_more_if_lost[T](database: Database, write: Callable[[], T]) -> T:
    """Write what a call outside the database has done; try once more if the connection was lost.

    The connection stood idle during the call, so the server or something in between may have closed
    it. `write` must do no harm if repeated: a COMMIT can be done and its answer lost.
    """
    try:
        return write()
    except CONNECTION_ERRORS:
        connect_again(database)
        return write()
