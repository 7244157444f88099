"""Finds sessions over a connection that is kept while the function stays warm."""

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime
from time import monotonic

from pymysql import MySQLError

from absence_redirect.deadline import within
from absence_redirect.destination import Session
from absence_redirect.sessions import find_session, sessions_sql
from absence_redirect.settings import AbsenceRedirectSettings
from absence_texts.database import Credentials, Database, Timeouts, connect

DATABASE_SECONDS = 1.5
"""For all that one request asks of the database: its page is due within 2 s."""
type Connect = Callable[..., Database]
# Unknown, or not granted to this user, as a later migration of the college's may have made it.
# https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
_NO_SUCH_COLUMN = (1054, 1143)
_TIMEOUTS = Timeouts(connect=1, read=1, write=1)


class DatabaseAwayError(Exception):
    """The database, or the secret that leads to it, does not answer; its cause says why."""


class SessionLookup:
    """Asks over the kept connection, and if that fails once more over a new one.

    The first request opens the first connection. A warm function may have slept for hours: its
    connection may be dead and its password rotated.
    """

    def __init__(
        self,
        settings: AbsenceRedirectSettings,
        fetch_secret: Callable[[], str],
        *,
        seconds: float = DATABASE_SECONDS,
        connect: Connect = connect,
    ) -> None:
        schema = settings.source_schema
        self._quick = sessions_sql(schema, full=False)
        self._without_last_names = sessions_sql(schema, full=True)
        self._full = sessions_sql(schema, full=True, last_names=True)
        self._tls_ca = settings.database_tls_ca
        self._fetch_secret = fetch_secret
        self._seconds = seconds
        self._open_with = connect
        self._credentials: Credentials | None = None
        self._database: Database | None = None

    def find(self, sha256s: Collection[str], now: datetime, *, with_names: bool) -> Session | None:
        """Return the session that has one of these tokens.

        Raises DatabaseAwayError for whatever the driver raises: apart from its own errors PyMySQL
        raises RuntimeError for a missing package, for example, and struct.error for half an answer.
        """
        ask = self._ask_in_full if with_names or len(sha256s) > 1 else self._ask_quickly
        try:
            return self._find(lambda database: ask(database, sha256s, now))
        except Exception as error:
            raise DatabaseAwayError from error

    def _ask_quickly(
        self, database: Database, sha256s: Collection[str], now: datetime
    ) -> Session | None:
        return find_session(database, self._quick, sha256s, now)

    def _ask_in_full(
        self, database: Database, sha256s: Collection[str], now: datetime
    ) -> Session | None:
        """Ask for last names too, until the server says that the college's table has none."""
        try:
            return find_session(database, self._full, sha256s, now)
        except MySQLError as error:
            if self._full == self._without_last_names or error.args[0] not in _NO_SUCH_COLUMN:
                raise
        self._full = self._without_last_names
        return find_session(database, self._full, sha256s, now)

    def _find(self, find_with: Callable[[Database], Session | None]) -> Session | None:
        deadline = monotonic() + self._seconds
        kept, self._database = self._database, None
        if kept is not None:
            with suppress(Exception):
                session = find_with(kept)
                self._database = kept
                return session

        def find_with_new() -> tuple[Database, Session | None]:
            database = self._open()
            return database, find_with(database)

        self._database, session = within(deadline - monotonic(), find_with_new)
        return session

    def _open(self) -> Database:
        if self._credentials is not None:
            with suppress(Exception):
                return self._connect(self._credentials)
            # The password may have been rotated.
            self._credentials = None
        credentials = Credentials.from_secret(self._fetch_secret())
        database = self._connect(credentials)
        self._credentials = credentials
        return database

    def _connect(self, credentials: Credentials) -> Database:
        return self._open_with(credentials, timeouts=_TIMEOUTS, tls_ca=self._tls_ca)
