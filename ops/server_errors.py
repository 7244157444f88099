"""What a person can do about a database server's error, by the error's number."""

from collections.abc import Mapping
from ssl import SSLCertVerificationError

from pymysql import MySQLError

_ANOTHER_ERROR = (
    "The server's manual explains the number; `python -m ops doctor` checks the server, its version"
    " and its tables."
)
_CERTIFICATE = (
    "Set DATABASE_TLS_CA to the file of the authority that signed the server's certificate, and the"
    " secret's host to the name in the certificate."
)
# https://dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html
# https://mariadb.com/docs/server/reference/error-codes/mariadb-error-code-reference
_WHAT_TO_DO: Mapping[frozenset[int], str] = {
    frozenset({2002, 2003, 2005, 2006, 2013}): (
        "Is it running, and is there a way to it from here? `make up` starts the local stack's."
    ),
    frozenset({2026, 3159}): (
        "Passwords are sent to another machine over TLS only: turn TLS on at the server, and "
        "name the server's own host in the secret."
    ),
    frozenset({1044, 1045, 1049, 1698}): (
        "Put the username, password or dbname of the database secret right."
    ),
    frozenset({1251, 1524, 2059}): (
        "The server does not know how this user logs in: run `ALTER USER ... IDENTIFIED WITH "
        "caching_sha2_password BY ...` on MySQL, or with mysql_native_password on MariaDB."
    ),
    frozenset({1820, 1862}): (
        "Give the user a new password with `ALTER USER ... IDENTIFIED BY ...`, and put it "
        "into the database secret."
    ),
    frozenset({3118, 4151}): ("Unlock the user with `ALTER USER ... ACCOUNT UNLOCK`."),
    frozenset({1129, 1130}): (
        "The server does not let this user in from this machine: the host in the user's name "
        "must cover the address here, and `FLUSH HOSTS` clears an address that was blocked."
    ),
    frozenset({1040, 1203, 1226}): (
        "Try again when fewer connections are open, or raise max_connections or the user's "
        "own limit."
    ),
    frozenset({1205, 1213, 1317, 1969, 3024}): (
        "Another session holds the rows, or the server is busy: try again, and if it stays "
        "so, see `SHOW PROCESSLIST` on the server."
    ),
    frozenset({1290, 1792, 1836}): (
        "The server takes no changes: put the host of the one that does, the primary or the "
        "writer, into the database secret."
    ),
    frozenset({1021, 1114}): ("The server has no room left: free some, or enlarge its disk."),
    frozenset({1142, 1143, 1227, 1370}): (
        "This database user may not do that: run what `python -m ops grants` prints, or name "
        "another user's secret with --secret."
    ),
    frozenset({1054, 1146, 1356}): ("`python -m ops doctor` says what is missing."),
    frozenset({1048, 1062, 1264, 1265, 1292, 1366, 1406, 1451, 1452, 3819, 4025}): (
        "The database refused a value, and nothing was changed: `python -m ops doctor` lists "
        "the rows of the college's tables that can't be used."
    ),
    frozenset({1064, 1235, 1305}): (
        "This server does not know a statement of ours: `python -m ops doctor` says whether "
        "its version was ever tried."
    ),
}


def advice_on(error: MySQLError) -> str:
    # PyMySQL gives a refused certificate the number of a server that is away.
    if isinstance(getattr(error, "original_exception", None), SSLCertVerificationError):
        return _CERTIFICATE
    number = error.args[0] if error.args else None
    advice = (advice for numbers, advice in _WHAT_TO_DO.items() if number in numbers)
    return next(advice, _ANOTHER_ERROR)
