"""Cancels the held texts that must not be sent any more, without a person."""

from collections import defaultdict
from itertools import batched
from typing import TYPE_CHECKING

from absence_texts import criteria
from absence_texts.candidates import held_texts
from absence_texts.database import fetch_all, fetch_one
from absence_texts.ledger import PAGE_SIZE, RELEASABLE, State, move
from detect_absences.detection import Detection

if TYPE_CHECKING:
    from absence_texts.identifiers import AbsenceTextId

_OWN_TEXT = frozenset({"not_texted_today"})
"""A text is not its own obstacle."""


def cancel_corrected(detection: Detection) -> int:
    """Cancel the held texts for which a criterion no longer holds, with its name as the reason.

    Return how many. A register that was put right cancels its texts so.
    """
    if not count_held(detection):
        return 0
    failing = criteria.first_failing(detection.source, without=_OWN_TEXT)
    rows = fetch_all(
        detection.database,
        f"SELECT t.id, {failing} AS failing {held_texts(detection.source)} ORDER BY t.id",
        detection.parameters,
    )
    by_reason: defaultdict[str, list[AbsenceTextId]] = defaultdict(list)
    for row in rows:
        if row["failing"]:
            by_reason[row["failing"]].append(row["id"])
    return sum(
        move(detection.database, ids, State.CANCELLED, detection.moment, RELEASABLE, reason=reason)
        for reason, all_ids in by_reason.items()
        for ids in batched(all_ids, PAGE_SIZE, strict=False)
    )


def count_held(detection: Detection) -> int:
    """Return how many of today's texts are held."""
    found = fetch_one(
        detection.database,
        "SELECT COUNT(*) AS texts FROM absence_texts"
        f" WHERE state = '{State.HELD}' AND absence_date = %(today)s",
        detection.parameters,
    )
    return int((found or {})["texts"])
