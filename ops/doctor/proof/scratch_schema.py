"""A schema on the college's own server that `doctor --prove` makes, uses and removes."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field

from pymysql import MySQLError
from pymysql.cursors import DictCursor

from absence_texts.database import Database, execute
from ops.context import OpenSchema

PREFIX = "absence_texts_proof_"


@dataclass(frozen=True)
class StatementLog:
    """The statements that were run, and those that the server refused."""

    run: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def watch(self, database: Database) -> Database:
        log = self

        class LoggingCursor(DictCursor):
            def execute(self, query: str, args: object = None) -> int:
                statement = _as_text(self.mogrify(query, args))
                log.run.append(statement)
                try:
                    return super().execute(query, args)
                except MySQLError:
                    log.refused.append(statement)
                    raise

        database.cursorclass = LoggingCursor
        return database


@dataclass(frozen=True)
class ScratchSchema:
    """Opens connections to the schema, whose statements are logged."""

    name: str
    log: StatementLog
    _open: Callable[[bool], Database]

    def connect(self, *, eager: bool) -> Database:
        return self.log.watch(self._open(eager))


@contextmanager
def scratch_schema(
    owner: Database, open_schema: OpenSchema, log: StatementLog
) -> Iterator[ScratchSchema]:
    """Make a schema for what is inside, and close its connections and remove it at the end."""
    name = f"{PREFIX}{secrets.token_hex(4)}"
    execute(owner, f"CREATE SCHEMA `{name}` DEFAULT CHARACTER SET utf8mb4", {})
    try:
        with ExitStack() as opened:

            def connect(eager: bool) -> Database:  # noqa: FBT001 (its one argument)
                return opened.enter_context(closing(open_schema(name, eager=eager)))

            yield ScratchSchema(name, log, connect)
    finally:
        execute(owner, f"DROP SCHEMA `{name}`", {})


def _as_text(statement: str | bytes) -> str:
    """PyMySQL puts the statement of many rows together as bytes."""
    return statement if isinstance(statement, str) else statement.decode()
