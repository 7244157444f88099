"""Applies our numbered migrations to a database, each once and in order, and records them there."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pymysql

from absence_texts.database import Database, Row, execute, fetch_all, fetch_one

MIGRATIONS = Path(__file__).parent / "migrations"
_FILE_NAME = re.compile(r"(?P<number>\d{4})_[a-z0-9_]+\.sql")
_LOCK_SECONDS = 60
# No right to a schema, to a table, to a column: https://mariadb.com/kb/en/mariadb-error-code-reference/
_DENIED = {1044, 1142, 1143}
# A lock's name counts for the whole server. The schema is in the name, so that two schemas can be
# migrated at the same time. A name may have 64 characters.
_LOCK = "CONCAT('migrate:', LEFT(SHA2(DATABASE(), 256), 40))"
_TAKE_LOCK = f"SELECT GET_LOCK({_LOCK}, %(seconds)s) AS taken"
_RELEASE_LOCK = f"SELECT RELEASE_LOCK({_LOCK}) AS released"
_RECORDS = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    number     SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
    name       VARCHAR(191) NOT NULL,
    sha256     CHAR(64)     NOT NULL COMMENT 'of the file as it was applied',
    applied_at DATETIME(6)  NULL COMMENT 'UTC; NULL while it is being applied'
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
"""


class MigrationError(Exception):
    """The migrations can't be applied; the message says what to do."""


@dataclass(frozen=True)
class Migration:
    """One file with one statement, because MySQL commits each change of a table by itself."""

    number: int
    name: str
    statement: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.statement.encode()).hexdigest()

    @property
    def identity(self) -> str:
        """Return a text that no other migration has, and that changes with the file."""
        return f"{self.name} {self.sha256[:12]}"


def migrate(database: Database, directory: Path = MIGRATIONS) -> list[str]:
    """Apply the new migrations and return their names; raises MigrationError.

    If two processes migrate, the second one waits and then finds nothing to do.
    """
    migrations = read_migrations(directory)
    with _only_runner(database):
        execute(database, _RECORDS, {})
        new = _not_yet_applied(database, migrations)
        for migration in new:
            _apply(database, migration)
    return [migration.name for migration in new]


def check_applied(database: Database, directory: Path = MIGRATIONS) -> None:
    """Raise MigrationError if `migrate` would apply a migration, or refuse to."""
    for migration in pending(database, directory):
        raise MigrationError(f"{migration.name} is not applied: run `python -m ops migrate` first.")


def pending(database: Database, directory: Path = MIGRATIONS) -> list[Migration]:
    """Return the migrations that the database lacks; raises MigrationError."""
    migrations = read_migrations(directory)
    if not fetch_all(database, "SHOW TABLES LIKE 'schema_migrations'", {}):
        return migrations
    return _not_yet_applied(database, migrations)


def read_migrations(directory: Path = MIGRATIONS) -> list[Migration]:
    """Read the files. Raises MigrationError unless they are numbered from 0001 without a gap."""
    migrations = []
    for expected, path in enumerate(sorted(directory.glob("*.sql")), start=1):
        named = _FILE_NAME.fullmatch(path.name)
        if named is None:
            raise MigrationError(f"{path.name}: name it {expected:04}_what_it_does.sql.")
        if int(named["number"]) != expected:
            raise MigrationError(f"{path.name}: number {expected:04} was expected here.")
        migrations.append(Migration(expected, path.stem, path.read_text()))
    return migrations


@contextmanager
def _only_runner(database: Database) -> Iterator[None]:
    lock = fetch_one(database, _TAKE_LOCK, {"seconds": _LOCK_SECONDS})
    if not lock or lock["taken"] != 1:
        raise MigrationError(
            f"Another migration has been running for {_LOCK_SECONDS} s: let it end, then try again."
        )
    try:
        yield
    finally:
        if database.open:
            fetch_one(database, _RELEASE_LOCK, {})


def _not_yet_applied(database: Database, migrations: list[Migration]) -> list[Migration]:
    recorded = fetch_all(database, "SELECT * FROM schema_migrations ORDER BY number", {})
    for row, migration in zip_longest(recorded, migrations[: len(recorded)]):
        _check(row, migration)
    return migrations[len(recorded) :]


def _check(row: Row, migration: Migration | None) -> None:
    name = row["name"]
    if migration is None or migration.name != name:
        raise MigrationError(
            f"{name} was applied here, but this release has no such file: "
            "deploy the release that brought it, or a later one."
        )
    if row["applied_at"] is None:
        raise MigrationError(
            f"{name} was begun and its end not recorded: finish or undo by hand what it changes, "
            "then set its applied_at in schema_migrations, or delete its row."
        )
    if row["sha256"] != migration.sha256:
        raise MigrationError(
            f"{name} was changed after it was applied: restore it and write a new migration."
        )


def _apply(database: Database, migration: Migration) -> None:
    row = {"number": migration.number, "name": migration.name, "sha256": migration.sha256}
    execute(
        database,
        "INSERT INTO schema_migrations (number, name, sha256)"
        " VALUES (%(number)s, %(name)s, %(sha256)s)",
        row,
    )
    try:
        with database.cursor() as cursor:
            cursor.execute(migration.statement)
    except pymysql.MySQLError as error:
        forgotten = _forget_refused(database, migration)
        raise MigrationError(_refusal(migration, error, forgotten=forgotten)) from error
    execute(
        database,
        "UPDATE schema_migrations SET applied_at = UTC_TIMESTAMP(6) WHERE number = %(number)s",
        row,
    )


def _refusal(migration: Migration, error: pymysql.MySQLError, *, forgotten: bool) -> str:
    told = f"{migration.name} failed: {said_by_server(error)}"
    if not forgotten:
        return (
            f"{told} The connection broke: it is not known whether it was applied. Look, finish or "
            "undo it by hand, then set its applied_at in schema_migrations, or delete its row."
        )
    if error.args[0] in _DENIED:
        return f"{told} Nothing was changed: run what `python -m ops grants` prints, and try again."
    return f"{told} Nothing was changed: put that right, and try again."


def said_by_server(error: pymysql.MySQLError) -> str:
    """Return the server's words and its number for the error; they never hold a password."""
    number, words = (*error.args, "", "")[:2]
    return f"{words} ({number})."


def _forget_refused(database: Database, migration: Migration) -> bool:
    """Delete the record of a refused statement, so that the next run tries it again.

    The record stays if the connection was lost: the server may have done the statement.
    """
    try:
        execute(
            database,
            "DELETE FROM schema_migrations WHERE number = %(number)s",
            {"number": migration.number},
        )
    except pymysql.MySQLError:
        return False
    return True
