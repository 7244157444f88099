"""What became of a text, or what was decided against it, in the college's time."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from absence_texts.database import Row
from absence_texts.ledger import State
from ops.college_times import clock_time, from_utc
from ops.explain.records import Pair, Records

_WORDS = {State.PENDING: "claimed", State.IN_DOUBT: "in doubt"}
_CLAIMED_AFTER = {
    State.CANCELLED: "claimed again",
    State.IN_DOUBT: "resent",
    State.FAILED: "resent",
}
# By a pause: nobody claimed it a second time.
_BACK = "waiting again"


class _Reached(NamedTuple):
    """A state, and when the text came to it; those of one instant sort in their usual order."""

    at: datetime
    order: int
    state: State


def recorded_history(records: Records, pair: Pair, zone: ZoneInfo) -> list[str]:
    """Return the lines that tell it; none when nothing is recorded."""
    if pair in records.texts:
        return history_of_text(records.texts[pair], zone)
    if pair in records.decisions:
        return [_decision_against(records.decisions[pair], zone)]
    return []


def history_of_text(text: Row, zone: ZoneInfo) -> list[str]:
    """Return its states since it was last claimed: claimed 11:35, sent 11:36; and those before.

    The ledger keeps the last time of each state, and the last lesson, alone.
    """
    reached = sorted(_reached(text))
    claimed_at = text["pending_at"]
    before = [one for one in reached if claimed_at and one.at < claimed_at]
    since = reached[len(before) :]
    reason = f" ({text['reason']})" if text["reason"] else ""
    if not before:
        return [f"{_listed(since, _WORDS, text, zone)}{reason}"]
    again = _WORDS | {State.PENDING: _CLAIMED_AFTER.get(before[-1].state, _BACK)}
    return [
        f"{_listed(since, again, text, zone)}{reason}",
        f"{_earlier(before)}: {_listed(before, _WORDS, text, zone)}",
    ]


def _reached(text: Row) -> Iterable[_Reached]:
    for order, state in enumerate(State):
        if at := text[f"{state}_at"]:
            yield _Reached(at, order, state)


def _earlier(before: list[_Reached]) -> str:
    # Only a text that was cancelled can have come to tell of another lesson.
    was_cancelled = any(one.state is State.CANCELLED for one in before)
    return "earlier, perhaps about another lesson" if was_cancelled else "earlier"


def _listed(reached: Iterable[_Reached], words: dict[State, str], text: Row, zone: ZoneInfo) -> str:
    day = text["absence_date"]
    return ", ".join(
        f"{words.get(state, state.value)} {clock_time(from_utc(at, zone), day)}"
        for at, _, state in reached
    )


def _decision_against(decision: Row, zone: ZoneInfo) -> str:
    """Return what a run recorded: the first criterion that failed then."""
    decided_at = clock_time(from_utc(decision["decided_at"], zone), decision["absence_date"])
    return f"no text: {decision['criterion']} failed, decided {decided_at}"
