"""What must be true at the end of a day, whatever went wrong on it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, time, timedelta

from absence_texts.identifiers import GuardianId
from absence_texts.ledger import ABANDONED_AFTER, State
from absence_texts.vocabulary import Reason
from tests.simulation.outcome import WENT_OUT, Outcome
from tests.support.college import DAY

_OPEN = {State.PENDING, State.HELD, State.QUEUED, State.SENDING}
_WAIT = timedelta(minutes=20)
_WINDOW = (time(8), time(20))


def broken_promises(outcome: Outcome) -> Iterator[str]:
    yield from _sent_twice(outcome)
    yield from _phone_told_twice(outcome)
    yield from _left_open(outcome)
    yield from _wrongly_recorded(outcome)
    yield from _wrongly_logged(outcome)
    yield from _sent_at_the_wrong_time(outcome)
    yield from _sent_although_a_fact_had_ended(outcome)
    yield from _sent_although_held(outcome)
    yield from _lost(outcome)
    yield from _settled_without_evidence(outcome)
    yield from _outcomes_wrongly_recorded(outcome)


def _sent_twice(outcome: Outcome) -> Iterator[str]:
    about = Counter(outcome.pair(accepted) for accepted in outcome.accepted)
    for (student, guardian), texts in about.items():
        if texts > 1 + outcome.day.resent_in_doubt[student, guardian]:
            yield f"guardian {guardian} got {texts} texts about student {student}"


def _phone_told_twice(outcome: Outcome) -> Iterator[str]:
    """Look for phones that got more texts about a student than a person resent, and one."""
    about = Counter(
        (outcome.pair(accepted)[0], accepted.publish.mobile) for accepted in outcome.accepted
    )
    for (student, mobile), texts in about.items():
        guardians = outcome.day.guardians[mobile]
        resent = sum(outcome.day.resent_in_doubt[student, each] for each in guardians)
        if texts > 1 + resent:
            yield f"a phone got {texts} texts about student {student}"


def _left_open(outcome: Outcome) -> Iterator[str]:
    for text in outcome.texts:
        if text["state"] in _OPEN:
            yield f"text {text['id']} is still {text['state']}"


def _wrongly_recorded(outcome: Outcome) -> Iterator[str]:
    """Look for accepted texts that are neither sent nor in doubt, and sent ones not accepted.

    A text in doubt that a person resent may be cancelled or fail afterwards; staff still see it.
    """
    texts = {text["id"]: text for text in outcome.texts}
    accepted_ids = {accepted.publish.message_id for accepted in outcome.accepted}
    for accepted in outcome.accepted:
        _, lesson = outcome.day.subject_of(accepted.publish.message)
        text = texts[accepted.text_id]
        states = WENT_OUT | {State.IN_DOUBT}
        if outcome.day.resent_in_doubt[outcome.pair(accepted)]:
            states |= {State.CANCELLED, State.FAILED}
        if text["state"] not in states or text["lesson_id"] != lesson:
            yield f"text {text['id']} was accepted for lesson {lesson}, but the ledger has {text}"
    for text in outcome.texts:
        if text["state"] in WENT_OUT and text["provider_message_id"] not in accepted_ids:
            yield f"text {text['id']} is {text['state']}, but SNS never accepted it"


def _wrongly_logged(outcome: Outcome) -> Iterator[str]:
    """Look for sent texts that have not one log with their words, and for logs without a text."""
    words = {accepted.text_id: accepted.publish.message for accepted in outcome.accepted}
    guardian_of = {text["id"]: text["guardian_id"] for text in outcome.texts}
    expected = {
        text["id"]: words.get(text["id"], "the message that SNS accepted")
        for text in outcome.texts
        if text["state"] in WENT_OUT
    }
    not_provable = _guardians_of_stalled_senders(outcome)
    for text_id, message in expected.items():
        if guardian_of[text_id] in not_provable:
            continue
        entries = [log["entry"] for log in outcome.logs if log["absence_text_id"] == text_id]
        if len(entries) != 1 or message not in entries[0]:
            yield f"text {text_id} was sent, but its logs are {entries}"
    for log in outcome.logs:
        if log["absence_text_id"] not in expected:
            yield f"there is a log, but its text was not sent: {log}"


def _sent_at_the_wrong_time(outcome: Outcome) -> Iterator[str]:
    for accepted in outcome.accepted:
        _, lesson = outcome.day.subject_of(accepted.publish.message)
        checked = accepted.checked_time.wall_clock
        if checked.date() != date.fromisoformat(DAY):
            yield f"{accepted.publish.message_id} left on another day, at {checked}"
        if not _WINDOW[0] <= checked.time() < _WINDOW[1]:
            yield f"{accepted.publish.message_id} left outside the window, at {checked}"
        if checked < outcome.day.ends[lesson] + _WAIT:
            yield f"{accepted.publish.message_id} left too soon, at {checked}"


def _sent_although_a_fact_had_ended(outcome: Outcome) -> Iterator[str]:
    """Look for texts whose facts had ended before the sender last checked."""
    for accepted in outcome.accepted:
        for fact, ended in accepted.ended.items():
            if ended < accepted.checked_at_step:
                yield f"{accepted.publish.message_id} left although {fact} had ended"


def _sent_although_held(outcome: Outcome) -> Iterator[str]:
    """Look for texts that left though they were held and no person had released them."""
    for accepted in outcome.accepted:
        if accepted.was_held:
            yield f"{accepted.publish.message_id} left although nobody had released it"


def _lost(outcome: Outcome) -> Iterator[str]:
    texts = {(text["student_id"], text["guardian_id"]): text for text in outcome.texts}
    in_doubt = {State.IN_DOUBT, State.FAILED} if outcome.a_fault_happened else set()
    for pair in outcome.day.unchanged_pairs() if outcome.had_time_to_recover else ():
        text = texts.get(pair)
        if (
            text
            and text["reason"] == Reason.PHONE_ALREADY_TOLD
            and outcome.another_text_holds_the_phone_of(text)
        ):
            continue
        if text and text["held_at"] and not outcome.day.somebody_releases:
            continue
        if text is None or text["state"] not in WENT_OUT | in_doubt:
            yield f"the text about student {pair[0]} for guardian {pair[1]} was lost: {text}"


def _settled_without_evidence(outcome: Outcome) -> Iterator[str]:
    """Look for texts settled as sent that SNS never accepted, or with another phone's receipt."""
    mobiles = {
        accepted.publish.message_id: accepted.publish.mobile for accepted in outcome.accepted
    }
    not_provable = _guardians_of_stalled_senders(outcome)
    accepted_texts = {accepted.text_id for accepted in outcome.accepted}
    for text in outcome.texts:
        if text["state"] not in WENT_OUT or text["guardian_id"] in not_provable:
            continue
        if text["id"] not in accepted_texts:
            yield f"text {text['id']} is {text['state']}, but SNS accepted no such text"
        mobile = mobiles.get(text["provider_message_id"], "")
        if text["guardian_id"] not in outcome.day.guardians.get(mobile, ()):
            yield f"text {text['id']} has the message id of a text to another phone"


def _outcomes_wrongly_recorded(outcome: Outcome) -> Iterator[str]:
    """Look for outcomes that no first receipt had, and for recorded receipts without an effect."""
    carriers = outcome.carriers
    for text in outcome.texts:
        message_id = text["provider_message_id"]
        if text["state"] in {State.DELIVERED, State.UNDELIVERED}:
            if State(text["state"]) not in carriers.possibly_recorded[message_id]:
                yield f"text {text['id']} is {text['state']}, which no first receipt said"
        elif message_id in carriers.certainly_recorded:
            yield f"text {text['id']} is {text['state']}, but a receipt was recorded"


def _guardians_of_stalled_senders(outcome: Outcome) -> set[GuardianId]:
    """Return the guardians who got a text from a sender whose claim was already abandoned.

    Lambda ends a sender long before. A receipt for such a phone proves nothing about the text,
    because its time is outside the claim's window.
    """
    return {
        guardian
        for accepted in outcome.accepted
        for guardian in outcome.day.guardians[accepted.publish.mobile]
        if accepted.time.instant - accepted.checked_time.instant > ABANDONED_AFTER
    }
