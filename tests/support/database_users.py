"""The functions' database users, which exist while a test runs."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pymysql

from absence_texts.database import Credentials, Database, execute
from local.database_users import create_users, new_logins
from local.loopback import HOST

type Connect = Callable[[str], Database]
"""Opens a connection as the user named."""

DENIED = {
    1044,  # a schema
    1142,  # a verb on a table
    1143,  # a column
    1227,  # what no table's grant can allow
    1410,  # making a user by granting
}


@contextmanager
def database_users(owner: Database, of: Credentials) -> Iterator[Mapping[str, Credentials]]:
    """Make every user of the owner's schema with the rights of `db.grants`; yield their logins."""
    logins = new_logins(of)
    create_users(owner, logins.values())
    yield logins
    for user in logins:
        execute(owner, f"DROP USER '{user}'@'{HOST}'", {})


def is_refused(database: Database, statement: str) -> bool:
    """Say whether the server refuses the statement because the user lacks the right."""
    try:
        execute(database, statement, {})
    except pymysql.MySQLError as error:
        return error.args[0] in DENIED
    return False
