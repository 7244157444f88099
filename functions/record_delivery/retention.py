"""Deletes our rows that are older than `keep_days`, so that nobody has to remember to.

A pastoral log is the college's record, and stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, Row, execute, fetch_all, transaction

BATCH_SIZE = 200
"""Of rows deleted in one transaction: a fraction of a second, on a server that is far away too."""
_MOST_BATCHES = 10
"""For each table and call. At a call every five minutes these are half a million rows a day."""


@dataclass(frozen=True, kw_only=True)
class _Table:
    name: str
    age: str
    """The column that says how old a row is. An index begins with it."""
    key: tuple[str, ...]
    """The columns of the primary key."""


_TABLES = (
    _Table(name="absence_texts", age="absence_date", key=("id",)),
    _Table(
        name="absence_decisions",
        age="absence_date",
        key=("lesson_id", "student_id", "guardian_id"),
    ),
    _Table(name="texts_so_far", age="absence_date", key=("absence_date", "by_time")),
    _Table(name="operator_actions", age="acted_at", key=("id",)),
    _Table(name="day_mails", age="mail_date", key=("mail_date", "due_time")),
)


def purge(database: Database, moment: CollegeTime, *, keep_days: int) -> int:
    """Delete the rows from before the last `keep_days` days, and return how many.

    No row that a run or a sender works on is locked: theirs are of today. The rows are found
    without a lock and deleted one by one, because a DELETE that finds rows by another index than
    the primary key locks more than them.
    """
    first_kept = moment.today - timedelta(days=keep_days)
    return sum(
        _delete(database, table, batch)
        for table in _TABLES
        for batch in _batches(database, table, first_kept)
    )


def _batches(database: Database, table: _Table, first_kept: date) -> Iterator[tuple[Row, ...]]:
    """Yield the keys of the oldest rows. Delete a batch before asking for the next."""
    for _ in range(_MOST_BATCHES):
        rows = fetch_all(
            database,
            f"SELECT {', '.join(table.key)} FROM {table.name} WHERE {table.age} < %(first_kept)s"
            f" ORDER BY {table.age} LIMIT {BATCH_SIZE}",
            {"first_kept": first_kept},
        )
        if rows:
            yield rows
        if len(rows) < BATCH_SIZE:
            return


def _delete(database: Database, table: _Table, rows: tuple[Row, ...]) -> int:
    """Delete in the order of the key, so that two callers can't deadlock."""
    which = " AND ".join(f"{column} = %({column})s" for column in table.key)
    in_order = sorted(rows, key=lambda row: tuple(row[column] for column in table.key))
    with transaction(database):
        return sum(
            execute(database, f"DELETE FROM {table.name} WHERE {which}", row) for row in in_order
        )
