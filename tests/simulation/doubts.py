"""How good "in doubt" is: the simulator knows of each such text whether it left."""

from collections import Counter
from enum import StrEnum

from absence_texts.database import Row
from absence_texts.ledger import State
from tests.simulation.outcome import WENT_OUT, Outcome


class Doubt(StrEnum):
    """What became of a text that was in doubt, and what is true of it."""

    SETTLED_RIGHTLY = "settled rightly"
    SETTLED_WRONGLY = "settled wrongly"
    LEFT = "never settled, had left"
    DID_NOT_LEAVE = "never settled, had not left"
    RESENT = "resent by a person"


def doubts(outcome: Outcome) -> Counter[Doubt]:
    accepted = {accepted.text_id for accepted in outcome.accepted}
    return Counter(
        _doubt_of(outcome, text, has_left=text["id"] in accepted)
        for text in outcome.texts
        if text["in_doubt_at"] is not None
    )


def _doubt_of(outcome: Outcome, text: Row, *, has_left: bool) -> Doubt:
    if outcome.day.resent_in_doubt[text["student_id"], text["guardian_id"]]:
        return Doubt.RESENT
    if text["state"] in WENT_OUT:
        return Doubt.SETTLED_RIGHTLY if has_left else Doubt.SETTLED_WRONGLY
    assert text["state"] == State.IN_DOUBT, "no other way leads out of doubt"
    return Doubt.LEFT if has_left else Doubt.DID_NOT_LEAVE
