"""Finds sessions over a connection that is kept while the function stays warm."""

from collections.abc import Callable
from datetime import datetime
from http.client import HTTPException
from time import monotonic

import pymysql

from absence_redirect.aws import AwsRefusalError
from absence_redirect.deadline import within
from absence_redirect.destination import Session
from absence_redirect.sessions import find_session, sessions_sql
from absence_redirect.settings import AbsenceRedirectSettings
from absence_texts.database import Credentials, Database, SecretError, Timeouts, connect

DATABASE_SECONDS = 1.5
"""For all that one request asks of the database: its page is due within 2 s."""
type Connect = Callable[..., Database]
_TIMEOUTS = Timeouts(connect=1, read=1, write=1)

DATABASE_AWAY = (pymysql.Error, OSError, HTTPException, AwsRefusalError, SecretError)
"""What `find` raises when the database, or the secret that leads to it, can't be had."""


class SessionLookup:
    """Asks once over the kept connection, and once more over a new one if that fails.

    Nothing is opened before the first request. A warm function may have slept for long: its
    connection may be dead, its password rotated.
    """

    def __init__(
        self,
        settings: AbsenceRedirectSettings,
        fetch_secret: Callable[[], str],
        *,
        seconds: float = DATABASE_SECONDS,
        connect: Connect = connect,
    ) -> None:
        self._sql = {
            with_names: sessions_sql(settings.source_schema, with_names=with_names)
            for with_names in (False, True)
        }
        self._tls_ca = settings.database_tls_ca
        self._fetch_secret = fetch_secret
        self._seconds = seconds
        self._open_with = connect
        self._credentials: Credentials | None = None
        self._database: Database | None = None

    def find(self, sha256: str, now: datetime, *, with_names: bool) -> Session | None:
        sql = self._sql[with_names]
        deadline = monotonic() + self._seconds
        kept, self._database = self._database, None
        if kept is not None:
            try:
                session = find_session(kept, sql, sha256, now)
            except pymysql.Error:
                pass
            else:
                self._database = kept
                return session

        def find_afresh() -> tuple[Database, Session | None]:
            database = self._open()
            return database, find_session(database, sql, sha256, now)

        self._database, session = within(deadline - monotonic(), find_afresh)
        return session

    def _open(self) -> Database:
        if self._credentials is not None:
            try:
                return self._connect(self._credentials)
            except pymysql.OperationalError:
                self._credentials = None
        credentials = Credentials.from_secret(self._fetch_secret())
        database = self._connect(credentials)
        self._credentials = credentials
        return database

    def _connect(self, credentials: Credentials) -> Database:
        return self._open_with(credentials, timeouts=_TIMEOUTS, tls_ca=self._tls_ca)
