"""A private MariaDB with room for a large college."""

import getpass
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pymysql

from absence_texts.database import Credentials, Database, Timeouts, connect, execute, fetch_all
from db.migrate import migrate
from local import mariadb
from local.college import create_college_tables
from local.run_directory import run_directory

BUFFER_POOL = 4 << 30
PATIENT = Timeouts(read=3600)
_RUNS = Path(__file__).parent.parent / ".local" / "bench"


@contextmanager
def running_server() -> Iterator[Credentials]:
    """Run it as the tests do, but with memory enough that a disk is never measured."""
    with run_directory(_RUNS) as directory, mariadb.running(directory / "mariadb") as credentials:
        # A socket's path may have 107 characters.
        socket = os.path.relpath(directory / "mariadb" / "mariadb" / "mariadb.sock")
        with closing(pymysql.connect(unix_socket=socket, user=getpass.getuser())) as owner:
            owner.query(f"SET GLOBAL innodb_buffer_pool_size = {BUFFER_POOL}")
        with closing(connect(credentials, timeouts=PATIENT)) as database:
            create_college_tables(database)
            migrate(database)
        yield credentials


def empty(database: Database) -> None:
    """Empty every table: the college's and ours."""
    execute(database, "SET foreign_key_checks = 0", {})
    for table in fetch_all(database, "SHOW TABLES", {}):
        (name,) = table.values()
        if name != "schema_migrations":
            execute(database, f"TRUNCATE {name}", {})
    execute(database, "SET foreign_key_checks = 1", {})
