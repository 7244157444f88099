"""Follows the ledger's rows from commit to commit, as the model sees a row."""

from dataclasses import dataclass, field
from typing import NamedTuple

from absence_texts.database import Database, Row, fetch_all
from absence_texts.ledger import State
from tests.model import world as model


class Seen(NamedTuple):
    """The part of a row that the simulator and the model both have."""

    state: State | None
    was_in_doubt: bool
    claims: int
    """None, one, or more."""
    has_message_id: bool
    logs: int


_AS_IN_MODEL = {State.UNDELIVERED: State.DELIVERED}
"""The model goes on with one of the two, because nothing tells them apart later."""

type RowChange = tuple[Seen, Seen]

NOT_CLAIMED = Seen(None, was_in_doubt=False, claims=0, has_message_id=False, logs=0)


def seen_in_model(row: model.Row) -> Seen:
    return Seen(
        row.state, row.was_in_doubt, min(row.attempts, 2), bool(row.message_id), len(row.logs)
    )


@dataclass
class LedgerWatch:
    database: Database
    changes: list[RowChange] = field(default_factory=list)
    _rows: dict[int, Seen] = field(default_factory=dict)

    def forget(self) -> None:
        self.changes, self._rows = [], {}

    def look(self) -> None:
        """Compare the committed rows with those of the last look."""
        rows = {row["id"]: _seen_in_database(row) for row in self._read()}
        for text_id, after in rows.items():
            before = self._rows.get(text_id, NOT_CLAIMED)
            if before != after:
                self.changes.append((before, after))
        self._rows = rows

    def _read(self) -> tuple[Row, ...]:
        return fetch_all(
            self.database,
            """
SELECT t.id, t.state, t.in_doubt_at IS NOT NULL AS was_in_doubt, t.attempts,
  t.provider_message_id IS NOT NULL AS has_message_id,
  (SELECT COUNT(*) FROM pastoral_logs l WHERE l.absence_text_id = t.id) AS logs
FROM absence_texts t""",
            {},
        )


def _seen_in_database(row: Row) -> Seen:
    return Seen(
        _AS_IN_MODEL.get(State(row["state"]), State(row["state"])),
        bool(row["was_in_doubt"]),
        min(row["attempts"], 2),
        bool(row["has_message_id"]),
        row["logs"],
    )
