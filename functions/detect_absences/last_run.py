"""Notes that a run came to its end, for people who ask whether detection is running."""

from functools import partial

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, execute, once_more_if_lost


def note_run(database: Database, moment: CollegeTime) -> None:
    note = partial(
        execute,
        database,
        "INSERT INTO last_run (id, run_at) VALUES (1, %(now)s)"
        " ON DUPLICATE KEY UPDATE run_at = %(now)s",
        {"now": moment.utc},
    )
    # SQS was called before, and the connection may have been lost while it stood idle.
    once_more_if_lost(database, note)
