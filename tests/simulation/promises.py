"""What must be true once a day is over, whatever went wrong on it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from absence_texts.database import Row
from absence_texts.identifiers import GuardianId, StudentId
from absence_texts.ledger import ABANDONED_AFTER, State
from tests.simulation.carriers import Carriers
from tests.simulation.phone_network import Accepted
from tests.simulation.simulated_day import SimulatedDay
from tests.support.college import DAY

_WENT_OUT = {State.SENT, State.DELIVERED, State.UNDELIVERED}
_OPEN = {State.PENDING, State.QUEUED, State.SENDING}
_WAIT = timedelta(minutes=20)
_WINDOW = (time(8), time(20))


@dataclass(frozen=True)
class Outcome:
    day: SimulatedDay
    texts: Sequence[Row]
    logs: Sequence[Row]
    accepted: Sequence[Accepted]
    carriers: Carriers
    anything_went_wrong: bool
    there_was_time: bool
    """Whether things went right again early enough for every text to leave."""


def broken_promises(outcome: Outcome) -> Iterator[str]:
    yield from _sent_twice(outcome)
    yield from _left_open(outcome)
    yield from _wrongly_recorded(outcome)
    yield from _wrongly_logged(outcome)
    yield from _sent_at_the_wrong_time(outcome)
    yield from _sent_in_spite_of(outcome)
    yield from _lost(outcome)
    yield from _settled_without_evidence(outcome)
    yield from _wrongly_told(outcome)


def _sent_twice(outcome: Outcome) -> Iterator[str]:
    about = Counter(_pair(outcome, taken) for taken in outcome.accepted)
    for (student, guardian), texts in about.items():
        if texts > 1 + outcome.day.resent_in_doubt[student, guardian]:
            yield f"guardian {guardian} got {texts} texts about student {student}"


def _left_open(outcome: Outcome) -> Iterator[str]:
    for text in outcome.texts:
        if text["state"] in _OPEN:
            yield f"text {text['id']} is still {text['state']}"


def _wrongly_recorded(outcome: Outcome) -> Iterator[str]:
    """Look for accepted texts that are neither sent nor in doubt, and sent ones not accepted.

    A text in doubt that a person had resent may have been held back since; staff see it still.
    """
    texts = {(text["student_id"], text["guardian_id"]): text for text in outcome.texts}
    accepted = {taken.publish.message_id for taken in outcome.accepted}
    for taken in outcome.accepted:
        student, guardian, lesson = outcome.day.text(taken.publish.mobile, taken.publish.message)
        text = texts[student, guardian]
        states = _WENT_OUT | {State.IN_DOUBT}
        if outcome.day.resent_in_doubt[student, guardian]:
            states |= {State.CANCELLED, State.FAILED}
        if text["state"] not in states or text["lesson_id"] != lesson:
            yield f"text {text['id']} was accepted for lesson {lesson}, but the ledger has {text}"
    for text in outcome.texts:
        if text["state"] in _WENT_OUT and text["sns_message_id"] not in accepted:
            yield f"text {text['id']} is {text['state']}, but SNS never took it"


def _wrongly_logged(outcome: Outcome) -> Iterator[str]:
    """Look for sent texts without one log of their words, and for logs without a sent text."""
    words = {_pair(outcome, taken): taken.publish.message for taken in outcome.accepted}
    guardian_of = {text["id"]: text["guardian_id"] for text in outcome.texts}
    expected = {
        text["id"]: words.get((text["student_id"], text["guardian_id"]), "what SNS took")
        for text in outcome.texts
        if text["state"] in _WENT_OUT
    }
    unknowable = _outlived(outcome)
    for text_id, message in expected.items():
        if guardian_of[text_id] in unknowable:
            continue
        entries = [log["entry"] for log in outcome.logs if log["absence_text_id"] == text_id]
        if len(entries) != 1 or message not in entries[0]:
            yield f"text {text_id} was sent, but its logs are {entries}"
    for log in outcome.logs:
        if log["absence_text_id"] not in expected:
            yield f"a log stands without a sent text: {log}"


def _sent_at_the_wrong_time(outcome: Outcome) -> Iterator[str]:
    for taken in outcome.accepted:
        *_, lesson = outcome.day.text(taken.publish.mobile, taken.publish.message)
        checked = taken.checked_time.wall_clock
        if checked.date() != date.fromisoformat(DAY):
            yield f"{taken.publish.message_id} left on another day, at {checked}"
        if not _WINDOW[0] <= checked.time() < _WINDOW[1]:
            yield f"{taken.publish.message_id} left outside the window, at {checked}"
        if checked < outcome.day.ends[lesson] + _WAIT:
            yield f"{taken.publish.message_id} left too soon, at {checked}"


def _sent_in_spite_of(outcome: Outcome) -> Iterator[str]:
    """Look for texts about facts that had ceased to hold when the sender last checked."""
    for taken in outcome.accepted:
        for fact, ended in taken.ended.items():
            if ended < taken.checked_at:
                yield f"{taken.publish.message_id} left in spite of {fact}"


def _lost(outcome: Outcome) -> Iterator[str]:
    texts = {(text["student_id"], text["guardian_id"]): text for text in outcome.texts}
    in_doubt = {State.IN_DOUBT, State.FAILED} if outcome.anything_went_wrong else set()
    for pair in outcome.day.undisturbed_pairs() if outcome.there_was_time else ():
        text = texts.get(pair)
        if text is None or text["state"] not in _WENT_OUT | in_doubt:
            yield f"the text about student {pair[0]} for guardian {pair[1]} was lost: {text}"


def _settled_without_evidence(outcome: Outcome) -> Iterator[str]:
    """Look for texts told to have gone out that SNS never took, or by another phone's receipt."""
    mobiles = {taken.publish.message_id: taken.publish.mobile for taken in outcome.accepted}
    unknowable = _outlived(outcome)
    taken_pairs = {_pair(outcome, taken) for taken in outcome.accepted}
    for text in outcome.texts:
        if text["state"] not in _WENT_OUT or text["guardian_id"] in unknowable:
            continue
        if (text["student_id"], text["guardian_id"]) not in taken_pairs:
            yield f"text {text['id']} is {text['state']}, but SNS took none like it"
        mobile = mobiles.get(text["sns_message_id"], "")
        if outcome.day.guardians.get(mobile) != text["guardian_id"]:
            yield f"text {text['id']} has the message id of a text to another phone"


def _wrongly_told(outcome: Outcome) -> Iterator[str]:
    """Look for outcomes that no carrier told first, and for told ones that no text has."""
    heard, surely = outcome.carriers.heard, outcome.carriers.surely_heard
    for text in outcome.texts:
        message_id = text["sns_message_id"]
        if text["state"] in {State.DELIVERED, State.UNDELIVERED}:
            if State(text["state"]) not in heard[message_id]:
                yield f"text {text['id']} is {text['state']}, which no carrier told first"
        elif message_id in surely:
            yield f"text {text['id']} is {text['state']}, though a carrier told its outcome"


def _outlived(outcome: Outcome) -> set[GuardianId]:
    """Return who got a text from a sender that stood still for longer than its claim counts.

    Lambda ends a sender long before: of a receipt for such a phone the window tells nothing.
    """
    return {
        outcome.day.guardians[taken.publish.mobile]
        for taken in outcome.accepted
        if taken.time.instant - taken.checked_time.instant > ABANDONED_AFTER
    }


def _pair(outcome: Outcome, taken: Accepted) -> tuple[StudentId, GuardianId]:
    return outcome.day.text(taken.publish.mobile, taken.publish.message)[:2]
