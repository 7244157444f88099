"""A private database server with room for a large college."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from absence_texts.database import Credentials, Database, Timeouts, connect, execute, fetch_all
from db.migrate import migrate
from db.source.sample_schema import create_college_tables
from local import database_server
from local.run_directory import run_directory

_ROOM = (
    "--innodb-buffer-pool-size=4G",
    "--innodb-sort-buffer-size=64M",
    "--tmp-table-size=1G",
    "--max-heap-table-size=1G",
)
_ROOM_IN = {
    "MariaDB": ("--innodb-log-file-size=1G",),
    # MySQL clears away what was deleted at every hundredth time, unless it is told otherwise.
    "MySQL": ("--innodb-redo-log-capacity=1G", "--innodb-purge-rseg-truncate-frequency=1"),
}
LONG_TIMEOUTS = Timeouts(read=3600)
_RUNS = Path(__file__).parent.parent / ".local" / "bench"


@contextmanager
def running_server() -> Iterator[Credentials]:
    """Run a server as the tests do, but with enough memory that no disk is measured.

    The server has the memory from its start: a buffer pool that grows later keeps the small hash
    table of its pages, and every look-up walks its long chains.
    """
    options = (*_ROOM, *_ROOM_IN[database_server.chosen_product().name])
    with (
        run_directory(_RUNS) as directory,
        database_server.running(directory / "server", *options) as credentials,
    ):
        with closing(connect(credentials, timeouts=LONG_TIMEOUTS)) as database:
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
