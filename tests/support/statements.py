"""The statements that a connection is given, as the server gets them."""

from collections.abc import Iterator
from contextlib import contextmanager

from pymysql.cursors import DictCursor

from absence_texts.database import Database


@contextmanager
def recorded(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    class RecordingCursor(DictCursor):
        def execute(self, query: str, args: object = None) -> int:
            statements.append(self.mogrify(query, args))
            return super().execute(query, args)

    database.cursorclass = RecordingCursor
    try:
        yield statements
    finally:
        database.cursorclass = DictCursor
