"""The statements of a connection, as the server gets them."""

from collections.abc import Iterator
from contextlib import contextmanager

from absence_texts.database import Database
from ops.doctor.proof.statement_log import StatementLog


@contextmanager
def recorded(database: Database) -> Iterator[list[str]]:
    log = StatementLog()
    with log.watched(database):
        yield log.run
