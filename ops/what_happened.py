"""What became of a text, or what was decided against it, in the college's time."""

from zoneinfo import ZoneInfo

from absence_texts.database import Row
from absence_texts.ledger import State
from ops.college_times import clock_time, from_utc
from ops.records import Pair, Records

_WORDS = {State.PENDING: "claimed", State.IN_DOUBT: "in doubt"}


def what_happened(records: Records, pair: Pair, zone: ZoneInfo) -> list[str]:
    """Return the lines that tell it; none when nothing is recorded."""
    if pair in records.texts:
        return [history_of_text(records.texts[pair], zone)]
    if pair in records.decisions:
        return [_decision_against(records.decisions[pair], zone)]
    return []


def history_of_text(text: Row, zone: ZoneInfo) -> str:
    """Return its states in the order it came to them: claimed 11:35, sent 11:36."""
    states = ", ".join(_states(text, zone))
    return f"{states} ({text['reason']})" if text["reason"] else states


def _states(text: Row, zone: ZoneInfo) -> list[str]:
    """Return each state reached, with its time; those of one instant in their usual order."""
    reached = [(text[f"{state}_at"], order, state) for order, state in enumerate(State)]
    return [
        f"{_WORDS.get(state, state.value)} {clock_time(from_utc(at, zone), text['absence_date'])}"
        for at, _, state in sorted(found for found in reached if found[0])
    ]


def _decision_against(decision: Row, zone: ZoneInfo) -> str:
    """Return what a run recorded: the first criterion that failed then."""
    decided_at = clock_time(from_utc(decision["decided_at"], zone), decision["absence_date"])
    return f"no text: {decision['criterion']} failed, decided {decided_at}"
