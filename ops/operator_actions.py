"""Who changed what by hand: each such action leaves a row in `operator_actions`."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, Row, execute, fetch_all, fetch_one
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import State

LONGEST_WHY = 500
"""Characters: the table's column."""


class OperatorAction(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"
    RESEND = "resend"
    RELEASE = "release"
    """A held text was released."""
    REDRIVE = "redrive"
    """The job of a text was queued again."""
    DROP = "drop"
    """`redrive` dropped the job of a text that may not leave any more."""


def add_why_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--why", type=parse_why, help="the reason to record, without anybody's name or number"
    )


def parse_why(typed: str) -> str | None:
    why = typed.strip()
    if len(why) > LONGEST_WHY:
        raise argparse.ArgumentTypeError(f"a reason has {LONGEST_WHY} characters at most")
    return why or None


def record(  # noqa: PLR0913 (all but three by keyword)
    database: Database,
    action: OperatorAction,
    moment: CollegeTime,
    *,
    by: str,
    why: str | None,
    text_id: AbsenceTextId | None = None,
) -> None:
    execute(
        database,
        "INSERT INTO operator_actions (acted_at, acted_by, action, absence_text_id, why)"
        " VALUES (%(now)s, %(by)s, %(action)s, %(text_id)s, %(why)s)",
        {
            "now": moment.utc,
            "by": by,
            "action": action.value,
            "text_id": text_id,
            "why": why,
        },
    )


def record_about_waiting(  # noqa: PLR0913 (all but three by keyword)
    database: Database,
    action: OperatorAction,
    moment: CollegeTime,
    *,
    by: str,
    why: str | None,
    text_ids: Sequence[AbsenceTextId],
) -> int:
    """Record the action about those of the texts that wait since this moment; return how many."""
    if not text_ids:
        return 0
    return execute(
        database,
        "INSERT INTO operator_actions (acted_at, acted_by, action, absence_text_id, why)"
        " SELECT %(now)s, %(by)s, %(action)s, id, %(why)s FROM absence_texts"
        " WHERE id IN %(ids)s AND state = %(pending)s AND pending_at = %(now)s ORDER BY id",
        {
            "now": moment.utc,
            "by": by,
            "action": action.value,
            "why": why,
            "ids": tuple(text_ids),
            "pending": State.PENDING.value,
        },
    )


def actions_about(database: Database, text_ids: Sequence[AbsenceTextId]) -> tuple[Row, ...]:
    """Return what people did about these texts, oldest first."""
    if not text_ids:
        return ()
    return fetch_all(
        database,
        "SELECT * FROM operator_actions WHERE absence_text_id IN %(ids)s ORDER BY id",
        {"ids": tuple(text_ids)},
    )


def actions_between(database: Database, start: datetime, end: datetime) -> tuple[Row, ...]:
    """Return what people did from `start` until `end`, in UTC, oldest first."""
    return fetch_all(
        database,
        "SELECT * FROM operator_actions WHERE acted_at >= %(start)s AND acted_at < %(end)s"
        " ORDER BY id",
        {"start": start, "end": end},
    )


def last_switch(database: Database) -> Row | None:
    """Return the newest row about a pause: `acted_at`, `acted_by`, `action`, `why`."""
    return fetch_one(
        database,
        "SELECT acted_at, acted_by, action, why FROM operator_actions WHERE action IN %(actions)s"
        " ORDER BY id DESC LIMIT 1",
        {"actions": (OperatorAction.PAUSE.value, OperatorAction.RESUME.value)},
    )
