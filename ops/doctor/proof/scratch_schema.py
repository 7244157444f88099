"""A schema on the college's own server that `doctor --prove` makes, uses and removes."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from pymysql import MySQLError

from absence_texts.database import Database, execute
from db.migrate import said_by_server
from ops.context import OpenSchema
from ops.doctor.proof.statement_log import StatementLog

PREFIX = "absence_texts_proof_"


class NoScratchSchemaError(Exception):
    """The schema can't be made; the message says what to do."""


@dataclass(frozen=True)
class ScratchSchema:
    """Opens connections to the schema, whose statements are logged."""

    _name: str
    _log: StatementLog
    _open_schema: OpenSchema
    _opened: ExitStack

    def connect(self, *, eager: bool) -> Database:
        """Open a connection that is closed together with the schema; `eager` as in `connect`."""
        database = self._open_schema(self._name, eager=eager)
        self._opened.enter_context(closing(database))
        return self._opened.enter_context(self._log.watched(database))


@contextmanager
def scratch_schema(
    owner: Database, open_schema: OpenSchema, log: StatementLog
) -> Iterator[ScratchSchema]:
    """Make a schema for what is inside, and close its connections and remove it at the end.

    Raises NoScratchSchemaError if this user may not make it.
    """
    name = f"{PREFIX}{secrets.token_hex(4)}"
    try:
        execute(owner, f"CREATE SCHEMA `{name}` DEFAULT CHARACTER SET utf8mb4", {})
    except MySQLError as error:
        raise NoScratchSchemaError(
            f"can't be made: {said_by_server(error)} Use a user who has every right on"
            f" `{PREFIX}%`.* (--secret)."
        ) from error
    try:
        with ExitStack() as opened:
            yield ScratchSchema(name, log, open_schema, opened)
    finally:
        execute(owner, f"DROP SCHEMA `{name}`", {})
