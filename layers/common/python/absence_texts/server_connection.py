"""PyMySQL's connection, with what we rely on: session settings, encryption and errors."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from pymysql import MySQLError, OperationalError
from pymysql.connections import Connection
from pymysql.constants import CR

# One statement, because each is a round trip. A college's server may have other defaults. With
# PAD_CHAR_TO_FULL_LENGTH a status in a CHAR column is never 'C16'. With ANSI_QUOTES "x" names a
# column. With the completion type CHAIN a COMMIT begins the next transaction. PyMySQL's own
# autocommit trusts the server's greeting, which MySQL 9.7 sends before it applies its default.
# MySQL runs the text inside /*!80000 */ and MariaDB the text inside /*M! */, because they have
# different names for these settings.
_SESSION = """
SET
  sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  autocommit = 1,
  time_zone = '+00:00',
  completion_type = 'NO_CHAIN',
  group_concat_max_len = 1048576,
  sql_auto_is_null = 0,
  sql_big_selects = 1,
  sql_safe_updates = 0,
  sql_select_limit = DEFAULT
  /*!80000 , transaction_isolation = 'READ-COMMITTED', max_execution_time = {milliseconds:.0f} */
  /*M! , tx_isolation = 'READ-COMMITTED', max_statement_time = {seconds:.3f} */
"""

if TYPE_CHECKING:
    from pymysql.cursors import DictCursor

    _Connection = Connection[DictCursor]
else:
    # Generic to the type checker only.
    _Connection = Connection


class CheckedConnection(_Connection):
    """Raises nothing but PyMySQL's own errors.

    PyMySQL lets others out: RuntimeError for a login that needs the cryptography package,
    struct.error for a damaged answer.
    """

    def connect(self, sock: Any = None) -> None:  # noqa: ANN401 (PyMySQL's)
        with _only_database_errors(CR.CR_CONN_HOST_ERROR):
            super().connect(sock)

    def query(self, sql: str | bytes, unbuffered: bool = False) -> int:  # noqa: FBT001, FBT002 (PyMySQL's)
        with _only_database_errors(CR.CR_SERVER_LOST):
            return super().query(sql, unbuffered)


class EagerConnection(CheckedConnection):
    """Sends BEGIN along with a transaction's first statement, which saves a round trip."""

    _begin_is_due = False

    def begin(self) -> None:
        self._begin_is_due = True

    def query(self, sql: str | bytes, unbuffered: bool = False) -> int:  # noqa: FBT001, FBT002 (PyMySQL's)
        if not self._begin_is_due:
            return super().query(sql, unbuffered)
        self._begin_is_due = False
        super().query(b"BEGIN; " + (sql.encode() if isinstance(sql, str) else sql))
        return self.next_result()

    def commit(self) -> None:
        self._end(super().commit)

    def rollback(self) -> None:
        self._end(super().rollback)

    def _end(self, end: Callable[[], None]) -> None:
        """End the transaction, unless it had no statement: then the server knows of none."""
        if self._begin_is_due:
            self._begin_is_due = False
        else:
            end()


@contextmanager
def _only_database_errors(number: int) -> Iterator[None]:
    try:
        yield
    except MySQLError:
        raise
    except Exception as error:
        raise OperationalError(number, f"{type(error).__name__}: {error}") from error


def session_statement(*, statement_seconds: float) -> str:
    """Return the statement that sets up a session, and how long the server may work on each."""
    return _SESSION.format(seconds=statement_seconds, milliseconds=statement_seconds * 1000)


def encryption(host: str, tls_ca: str | None) -> dict[str, Any]:
    """Return PyMySQL's arguments. A given `ssl` or `ssl_ca` makes it refuse an unencrypted server.

    Without encryption MySQL's usual login would need a package of 15 MB in the layer.
    """
    if tls_ca:
        return {"ssl_ca": tls_ca, "ssl_verify_identity": True}
    return {} if _is_this_machine(host) else {"ssl": _unverified()}


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
