"""The statements that connections were given, as the server got them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pymysql import MySQLError

from absence_texts.database import Database


@dataclass(frozen=True)
class StatementLog:
    run: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Those of `run` that the server refused."""

    @contextmanager
    def watched(self, database: Database) -> Iterator[Database]:
        """Log what the connection is given inside; a cursor of any class gives it to `query`."""
        query = database.query

        def logged_query(sql: str | bytes, unbuffered: bool = False) -> int:  # noqa: FBT001, FBT002 (PyMySQL's)
            statement = sql if isinstance(sql, str) else sql.decode()
            self.run.append(statement)
            try:
                return query(sql, unbuffered)
            except MySQLError:
                self.refused.append(statement)
                raise

        database.query = logged_query  # type: ignore[method-assign]  # of this connection alone
        try:
            yield database
        finally:
            del database.query
