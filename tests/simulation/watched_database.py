"""A real connection. Each statement is a step, at which the connection may be lost."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Any, Self, cast

from pymysql import InterfaceError, OperationalError
from pymysql.constants.CR import CR_SERVER_LOST
from pymysql.constants.ER import LOCK_DEADLOCK
from pymysql.cursors import DictCursor

from absence_texts.database import Credentials, Database, Row, connect
from tests.simulation.ledger_watch import LedgerWatch
from tests.simulation.scheduler import Actor
from tests.support.faults import Fault, Step

_CHANGES_TEXTS = re.compile(r"\s*(UPDATE|INSERT INTO) absence_texts\b")


@dataclass
class Connections:
    """Real connections, kept for the next actor: opening one takes longer than a simulated day."""

    credentials: Credentials
    watch: LedgerWatch
    _idle: list[Database] = field(default_factory=list)

    @contextmanager
    def lend(self, actor: Actor) -> Iterator[Database]:
        """Lend a connection to an actor for its whole life.

        A transaction that the actor left open is rolled back, as a server does when a client goes.
        """
        real = self._idle.pop() if self._idle else connect(self.credentials, eager=True)
        try:
            yield cast("Database", WatchedDatabase(real, actor, self.watch))
        finally:
            actor.holds_locks = False
            real.rollback()
            self._idle.append(real)

    def close(self) -> None:
        for connection in self._idle:
            connection.close()


class WatchedDatabase:
    """The part of a connection that the code under test uses."""

    def __init__(self, real: Database, actor: Actor, watch: LedgerWatch) -> None:
        self._real = real
        self._actor = actor
        self._watch = watch
        self.open = True

    def cursor(self) -> "WatchedCursor":
        return WatchedCursor(self, self._real.cursor())

    def connect(self) -> None:
        self._actor.step(Step.STATEMENT, "connect")
        self.open = True

    def begin(self) -> None:
        self.run("BEGIN", self._real.begin)
        self._actor.holds_locks = True

    def commit(self) -> None:
        self.run("COMMIT", self._commit)
        self._actor.holds_locks = False

    def rollback(self) -> None:
        self.run("ROLLBACK", self._real.rollback)
        self._actor.holds_locks = False

    def run(self, about: str, statement: Any) -> Any:  # noqa: ANN401 (whatever PyMySQL takes and gives)
        if not self.open:
            raise InterfaceError(0, "")
        match self._actor.step(Step.STATEMENT, about):
            case Fault.CONNECTION_LOST:
                raise self._lost()
            case Fault.ANSWER_LOST:
                statement()
                raise self._lost()
            case Fault.ROLLED_BACK:
                self._roll_back()
                raise OperationalError(LOCK_DEADLOCK, "Deadlock found when trying to get lock")
        return statement()

    def execute(self, statement: Callable[[], int], sql: str) -> int:
        """Execute a statement, and look at what it committed to the ledger."""
        changed = statement()
        if changed and _CHANGES_TEXTS.match(sql) and not self._actor.holds_locks:
            self._watch.look()
        return changed

    def _commit(self) -> None:
        self._real.commit()
        self._watch.look()

    def _lost(self) -> OperationalError:
        self._roll_back()
        self.open = False
        return OperationalError(CR_SERVER_LOST, "Lost connection to MySQL server during query")

    def _roll_back(self) -> None:
        self._real.rollback()
        self._actor.holds_locks = False


class WatchedCursor:
    def __init__(self, database: WatchedDatabase, real: DictCursor) -> None:
        self._database = database
        self._real = real

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._real.close()

    def execute(self, sql: str, parameters: dict[str, Any]) -> int:
        about = " ".join(sql.split())[:60]
        execute = partial(self._real.execute, sql, parameters)
        return int(self._database.run(about, lambda: self._database.execute(execute, sql)))

    def fetchall(self) -> tuple[Row, ...]:
        return tuple(self._real.fetchall())

    def fetchone(self) -> Row | None:
        return self._real.fetchone()
