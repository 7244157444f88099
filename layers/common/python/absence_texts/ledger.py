"""The ledger of texts: its states, and the transitions allowed between them.

Each transition is one guarded `UPDATE ... WHERE state IN (...)`, so that exactly one of any number
of racing callers makes it. A row enters the ledger as `pending`, by detection's claim.

Rows are always locked by id and in its order: an UPDATE that finds rows by another index locks that
index first, and deadlocks with a sender that holds the row and is about to change that index.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from itertools import batched
from typing import Any

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, Value, execute, fetch_all
from absence_texts.identifiers import AbsenceTextId, LessonId


class State(StrEnum):
    PENDING = "pending"
    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    CANCELLED = "cancelled"
    FAILED = "failed"
    WOULD_SEND = "would_send"
    IN_DOUBT = "in_doubt"


ABANDONED_AFTER = timedelta(minutes=5)
"""A claim this old is put in doubt. Every sender that claimed a text has ended before."""
REQUEUE_AFTER = timedelta(minutes=15)
"""A text that was queued this long ago, and that no sender took, is queued again."""

PAGE_SIZE = 500
"""Of texts read and moved at once: memory does not grow with their number."""

ANY_STATE = frozenset(State)
NOT_STARTED = frozenset({State.PENDING, State.QUEUED})
CLAIMED = frozenset({State.SENDING})
MAYBE_OUT = frozenset(
    {State.SENDING, State.SENT, State.DELIVERED, State.UNDELIVERED, State.IN_DOUBT}
)
"""The text has left, or may have."""

RESENDABLE = frozenset({State.FAILED, State.IN_DOUBT})
"""What a person may resend: the text did not leave, or may not have left."""
RELEASABLE = frozenset({State.HELD})
"""What a person may release: the text waits, because it does not look like an ordinary day's."""

TRANSITIONS: dict[State, frozenset[State]] = {
    # From queued: sending is paused. From cancelled: the mark was corrected, and another lesson was
    # missed.
    State.PENDING: frozenset({State.QUEUED, State.CANCELLED}) | RESENDABLE | RELEASABLE,
    State.HELD: frozenset({State.PENDING}),
    # From sending: the publish certainly sent nothing. From queued: no sender took the job.
    State.QUEUED: frozenset({State.PENDING, State.QUEUED, State.SENDING}),
    # From pending: a job can arrive before its row is marked queued.
    State.SENDING: NOT_STARTED,
    State.SENT: frozenset({State.SENDING, State.IN_DOUBT}),
    State.DELIVERED: frozenset({State.SENT}),
    State.UNDELIVERED: frozenset({State.SENT}),
    State.CANCELLED: NOT_STARTED | RELEASABLE,
    State.FAILED: NOT_STARTED | {State.SENDING},
    # In a trial or a test stage: the text is fine, and its guardian or phone is not on the list.
    State.WOULD_SEND: NOT_STARTED,
    State.IN_DOUBT: frozenset({State.SENDING}),
}
"""From which states each state may be reached."""

ONLY_BY_A_PERSON: dict[State, frozenset[State]] = {State.PENDING: RESENDABLE | RELEASABLE}
"""The part of the table that only `resend` and `release` use: no function makes these moves."""


def sources_of(to: State) -> frozenset[State]:
    """Return the states from which the service moves a text to this one by itself."""
    return TRANSITIONS[to] - ONLY_BY_A_PERSON.get(to, frozenset())


def resend(database: Database, text_id: AbsenceTextId, moment: CollegeTime) -> bool:
    """Let a text of today wait to be sent again, because a person asks; return whether it may.

    The person decides, because the provider may have taken a text in doubt: it is then sent twice.
    """
    which = "id = %(id)s AND absence_date = %(today)s AND state IN %(sources)s"
    sources = tuple(sorted(RESENDABLE))
    parameters = {"id": text_id, "today": moment.today, "sources": sources}
    return _let_wait(database, which, moment, parameters) == 1


def release(
    database: Database, lessons: Collection[LessonId], moment: CollegeTime
) -> list[AbsenceTextId]:
    """Let today's held texts about these lessons wait for the next run, because a person asks.

    Return the ids of the texts found. A run may have cancelled one of them before it was its turn,
    and may even have held it again about another lesson: that one stays held.
    """
    which = "absence_date = %(today)s AND lesson_id IN %(lessons)s AND state IN %(sources)s"
    parameters = {
        "today": moment.today,
        "lessons": tuple(lessons),
        "sources": tuple(sorted(RELEASABLE)),
    }
    rows = fetch_all(
        database, f"SELECT id FROM absence_texts WHERE {which} ORDER BY id", parameters
    )
    ids: list[AbsenceTextId] = [row["id"] for row in rows]
    for page in batched(ids, PAGE_SIZE, strict=False):
        _let_wait(database, f"id IN %(ids)s AND {which}", moment, {**parameters, "ids": page})
    return ids


def _let_wait(
    database: Database, which: str, moment: CollegeTime, parameters: Mapping[str, Any]
) -> int:
    return execute(
        database,
        "UPDATE absence_texts FORCE INDEX (PRIMARY)"
        f" SET state = '{State.PENDING}', pending_at = %(now)s, reason = NULL WHERE {which}",
        {**parameters, "now": moment.utc},
    )


def move(
    database: Database,
    ids: Iterable[AbsenceTextId],
    to: State,
    moment: CollegeTime,
    only_from: frozenset[State] = ANY_STATE,
    **columns: Value,
) -> int:
    """Move those of `ids` whose state allows it, with further `columns`; return how many moved.

    `only_from` is what the caller knows of the state: the outbox must not take back a text that a
    sender has just claimed, though the sender itself may give it back.
    """
    which = "id IN %(ids)s AND state IN %(only_from)s"
    parameters = {"ids": tuple(ids), "only_from": tuple(sorted(only_from))}
    return move_where(database, which, to, moment, parameters, **columns)


def move_where(
    database: Database,
    which: str,
    to: State,
    moment: CollegeTime,
    parameters: Mapping[str, Any],
    **columns: Value,
) -> int:
    """Move the rows for which `which` holds and whose state allows it; return how many moved.

    `which` names ids. See `move_all` for a condition that names none.
    """
    columns = {"reason": None, **columns, f"{to}_at": moment.utc, "state": to.value}
    assignments = ", ".join(f"{column} = %(set_{column})s" for column in columns)
    values = {f"set_{column}": value for column, value in columns.items()}
    sources = tuple(sorted(sources_of(to)))
    return execute(
        database,
        f"UPDATE absence_texts FORCE INDEX (PRIMARY) SET {assignments}"
        f" WHERE state IN %(sources)s AND {which}",
        {**parameters, **values, "sources": sources},
    )


def move_all(
    database: Database,
    which: str,
    to: State,
    moment: CollegeTime,
    parameters: Mapping[str, Any],
    **columns: Value,
) -> int:
    """Move every row for which `which` holds and whose state allows it: found first, then moved."""
    moved = 0
    while ids := _find(database, which, to, parameters):
        by_id = f"id IN %(ids)s AND {which}"
        page = move_where(database, by_id, to, moment, {**parameters, "ids": ids}, **columns)
        moved += page
        if not page:
            break
    return moved


def _find(
    database: Database, which: str, to: State, parameters: Mapping[str, Any]
) -> list[AbsenceTextId]:
    rows = fetch_all(
        database,
        f"SELECT id FROM absence_texts WHERE state IN %(sources)s AND {which} LIMIT {PAGE_SIZE}",
        {**parameters, "sources": tuple(sorted(sources_of(to)))},
    )
    return sorted(row["id"] for row in rows)
