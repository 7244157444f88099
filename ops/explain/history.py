"""The history of a text, or the decision against one, in the college's time."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from absence_texts.account import in_words
from absence_texts.database import Row
from absence_texts.ledger import MAYBE_OUT, State
from absence_texts.wording import clock_time
from ops.college_times import from_utc
from ops.explain.records import RecordKey, Records

_VERBS = {State.PENDING: "claimed", State.IN_DOUBT: "in doubt"}
_CLAIMED_AFTER = {
    State.CANCELLED: "claimed again",
    State.IN_DOUBT: "resent",
    State.FAILED: "resent",
    State.HELD: "released",
}
# After a pause, the sender gives the text back: nothing claims it a second time.
_GIVEN_BACK = "waiting again"


class _Step(NamedTuple):
    """A state and when the text reached it; steps of one instant sort in their usual order."""

    at: datetime
    order: int
    state: State


def recorded_history(records: Records, key: RecordKey, zone: ZoneInfo) -> list[str]:
    """Return a line for the text since its last claim, one for its past, one with its words.

    Between them is a line for each thing that a person did about the text.

    Or return the decision against a text. The list is empty if nothing is recorded.
    """
    if key in records.texts:
        text = records.texts[key]
        return [*history_of_text(text, zone), *_actions(records, text, zone), *_words(text)]
    if key in records.decisions:
        return [_decision(records.decisions[key], zone)]
    return []


def history_of_text(text: Row, zone: ZoneInfo) -> list[str]:
    """Return the steps since the last claim, as `claimed 11:35, sent 11:36`, and those before.

    The ledger keeps the last time of each state, and only the last lesson.
    """
    steps = sorted(_steps(text))
    claimed_at = text["pending_at"]
    before = [step for step in steps if claimed_at and step.at < claimed_at]
    since = steps[len(before) :]
    reason = f" ({_reason(text['reason'])})" if text["reason"] else ""
    if not before:
        return [f"{_listed(since, _VERBS, text, zone)}{reason}"]
    again = _VERBS | {State.PENDING: _CLAIMED_AFTER.get(before[-1].state, _GIVEN_BACK)}
    return [
        f"{_listed(since, again, text, zone)}{reason}",
        f"{_earlier(before)}: {_listed(before, _VERBS, text, zone)}",
    ]


def _reason(recorded: str) -> str:
    """Return the reason as it is recorded and, if we have any, the words for it."""
    words = in_words(recorded)
    return recorded if words == recorded else f"{recorded}: {words}"


def _actions(records: Records, text: Row, zone: ZoneInfo) -> Iterable[str]:
    """Yield what people did about the text: `resend 12:51 by jane: the mobile was corrected`."""
    for action in records.actions:
        if action["absence_text_id"] == text["id"]:
            acted_at = clock_time(from_utc(action["acted_at"], zone), text["absence_date"])
            why = f": {action['why']}" if action["why"] else ""
            yield f"{action['action']} {acted_at} by {action['acted_by']}{why}"


def _words(text: Row) -> Iterable[str]:
    """Yield what the phone shows, as it was sent: the lesson may have been moved since."""
    if text["message"] and State(text["state"]) in MAYBE_OUT:
        yield f"its words: {text['message']}"


def _steps(text: Row) -> Iterable[_Step]:
    for order, state in enumerate(State):
        if at := text[f"{state}_at"]:
            yield _Step(at, order, state)


def _earlier(before: list[_Step]) -> str:
    # Only a cancelled text is ever claimed again for another lesson.
    was_cancelled = any(step.state is State.CANCELLED for step in before)
    return "earlier, perhaps about another lesson" if was_cancelled else "earlier"


def _listed(steps: Iterable[_Step], verbs: dict[State, str], text: Row, zone: ZoneInfo) -> str:
    day = text["absence_date"]
    return ", ".join(
        f"{verbs.get(state, state.value)} {clock_time(from_utc(at, zone), day)}"
        for at, _, state in steps
    )


def _decision(decision: Row, zone: ZoneInfo) -> str:
    """Return the first criterion that failed when a run decided, when that was, and in words."""
    decided_at = clock_time(from_utc(decision["decided_at"], zone), decision["absence_date"])
    words = in_words(decision["criterion"])
    return f"no text: {decision['criterion']} failed, decided {decided_at}: {words}"
