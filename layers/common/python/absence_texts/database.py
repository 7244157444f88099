"""Connections to the college's MySQL or MariaDB server."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pymysql.connections import Connection
from pymysql.constants import CLIENT
from pymysql.cursors import DictCursor

type Value = str | int | date | None
type Row = Mapping[str, Any]
type Database = Connection[DictCursor]

if TYPE_CHECKING:
    _Connection = Connection[DictCursor]
else:
    # Generic to the type checker only.
    _Connection = Connection


class EagerConnection(_Connection):
    """Sends BEGIN along with a transaction's first statement, which saves a round trip."""

    _begins = False

    def begin(self) -> None:
        self._begins = True

    def query(self, sql: str | bytes, unbuffered: bool = False) -> int:  # noqa: FBT001, FBT002 (PyMySQL's)
        if not self._begins:
            return super().query(sql, unbuffered)
        self._begins = False
        super().query(b"BEGIN; " + (sql.encode() if isinstance(sql, str) else sql))
        return self.next_result()

    def commit(self) -> None:
        if not self._began_nothing():
            super().commit()

    def rollback(self) -> None:
        if not self._began_nothing():
            super().rollback()

    def _began_nothing(self) -> bool:
        began_nothing, self._begins = self._begins, False
        return began_nothing


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
    """Open a connection: autocommit, READ COMMITTED.

    READ COMMITTED, because under the default REPEATABLE READ an `INSERT ... SELECT` takes shared
    locks on the registers it reads and would hold up the tutors who are marking them.
    https://dev.mysql.com/doc/refman/8.4/en/innodb-consistent-read.html

    An `eager` one sends BEGIN along with what follows it, for which the server must take several
    statements at once: not for a function that the internet talks to.
    """
    return (EagerConnection if eager else Connection)(
        host=credentials.host,
        port=credentials.port,
        user=credentials.username,
        password=credentials.password,
        database=credentials.dbname,
        charset="utf8mb4",
        autocommit=True,
        connect_timeout=timeouts.connect,
        read_timeout=timeouts.read,
        write_timeout=timeouts.write,
        init_command="SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
        ssl_ca=tls_ca,
        ssl_verify_identity=tls_ca is not None,
        cursorclass=DictCursor,
        client_flag=CLIENT.MULTI_STATEMENTS if eager else 0,
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


@contextmanager
def transaction(database: Database) -> Iterator[None]:
    """Commit what is done inside, or roll all of it back."""
    database.begin()
    try:
        yield
    except BaseException:
        database.rollback()
        raise
    database.commit()
