"""The transactional outbox: what the ledger holds as pending becomes a job on the queue.

https://docs.aws.amazon.com/prescriptive-guidance/latest/cloud-design-patterns/transactional-outbox.html
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Protocol

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, fetch_all, once_more_if_lost
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import NOT_STARTED, PAGE_SIZE, REQUEUE_AFTER, State, move


class Queue(Protocol):
    def send(self, ids: Sequence[AbsenceTextId]) -> list[AbsenceTextId]:
        """Queue a job for each id and return those taken."""
        ...


def enqueue(
    database: Database, queue: Queue, moment: CollegeTime, *, up_to: AbsenceTextId
) -> tuple[int, int]:
    """Queue today's waiting texts, oldest first; return how many were queued and how many not.

    No text above the id `up_to` is queued: another run may have claimed it after this run looked
    for texts to hold.

    A row is marked queued after SQS took its job: a crash between the two queues a duplicate,
    never loses one. What SQS did not take stays pending for the next run.
    """
    queued = refused = 0
    for page in _waiting(database, moment, up_to):
        taken = queue.send(page)
        if taken:
            mark = partial(move, database, taken, State.QUEUED, moment, only_from=NOT_STARTED)
            once_more_if_lost(database, mark)
        queued += len(taken)
        refused += len(page) - len(taken)
    return queued, refused


def _waiting(
    database: Database, moment: CollegeTime, up_to: AbsenceTextId
) -> Iterator[list[AbsenceTextId]]:
    """Page by page, so that memory does not grow with the number of texts."""
    last = 0
    while page := _page_after(database, moment, last, up_to):
        yield page
        last = page[-1]


def _page_after(
    database: Database, moment: CollegeTime, last: int, up_to: AbsenceTextId
) -> list[AbsenceTextId]:
    rows = fetch_all(
        database,
        "SELECT id FROM absence_texts"
        " WHERE absence_date = %(today)s AND id > %(last)s AND id <= %(up_to)s"
        " AND (state = %(pending)s OR (state = %(queued)s AND queued_at < %(requeue)s))"
        " ORDER BY id LIMIT %(page_size)s",
        {
            "today": moment.today,
            "last": last,
            "up_to": up_to,
            "pending": State.PENDING,
            "queued": State.QUEUED,
            "requeue": moment.utc - REQUEUE_AFTER,
            "page_size": PAGE_SIZE,
        },
    )
    return [AbsenceTextId(row["id"]) for row in rows]
