"""Each guard is needed: if one is missing, the model shows how a promise is broken."""

from dataclasses import fields

import pytest

from absence_texts.ledger import State
from tests.model.exploration import explore
from tests.model.rules import NOT_STARTED, Bounds, Guards

ONE_SENDER = Bounds(runs=1, senders=1, faults=2)
TWO_SENDERS = Bounds(runs=2, senders=2, faults=1)
TWO_FAULTS = Bounds(runs=1, senders=2, faults=2)
TWO_JOBS = Bounds(runs=2, senders=2, faults=2, changes=0, resends=0)
ONE_PHONE = Bounds(texts=2, queued=True, runs=0, senders=2, faults=1, changes=0)
HELD_ONCE = Bounds(runs=2, senders=2, faults=1, changes=1, resends=0, holds=1)
SIBLINGS = Bounds(texts=2, one_student=False, queued=True, runs=0, senders=2, faults=2, changes=0)

WITH_SENDING = NOT_STARTED | {State.SENDING}
WITH_HELD = NOT_STARTED | {State.HELD}
WITH_DOUBT = NOT_STARTED | {State.IN_DOUBT}

HELD = "a held text leaves only if a person releases it"
TWICE = "SNS accepts at most one text"
UNSEEN = "a text that left is sent, or the ledger says that it may have left"
LOST = "no text is lost"
LOGS = "one log"
PHONE = "one phone hears"
WORDS = "the words that were sent last"
EVIDENCE = "a text that is sent was accepted by SNS"

CASES = {
    "only what waits is held": (
        Guards(holds_from=frozenset({State.PENDING, State.SENDING})),
        HELD_ONCE,
        UNSEEN,
    ),
    "the outbox marks nothing that is held": (
        Guards(marks_queued_from=WITH_HELD),
        HELD_ONCE,
        HELD,
    ),
    "a held text is neither checked nor claimed": (
        Guards(checks_from=WITH_HELD, claims_from=WITH_HELD),
        HELD_ONCE,
        HELD,
    ),
    "a text that was held since the check is not claimed": (
        Guards(claims_from=WITH_HELD),
        HELD_ONCE,
        HELD,
    ),
    "a sender gives no held text back": (Guards(holds_back_from=WITH_HELD), HELD_ONCE, HELD),
    "the outbox marks only what no sender has": (
        Guards(marks_queued_from=WITH_SENDING),
        TWO_SENDERS,
        UNSEEN,
    ),
    "the outbox queues a text again": (Guards(queues_again=False), ONE_SENDER, LOST),
    "only what no sender has is held back": (
        Guards(holds_back_from=WITH_SENDING),
        TWO_SENDERS,
        UNSEEN,
    ),
    "only what no sender has is checked and claimed": (
        Guards(checks_from=WITH_SENDING, claims_from=WITH_SENDING),
        TWO_SENDERS,
        TWICE,
    ),
    "only what no sender has is claimed, or what was checked": (
        Guards(claims_the_checked_attempt=False, claims_from=WITH_SENDING),
        TWO_SENDERS,
        TWICE,
    ),
    "a text in doubt is not checked and claimed": (
        Guards(checks_from=WITH_DOUBT, claims_from=WITH_DOUBT),
        TWO_SENDERS,
        TWICE,
    ),
    "the claim is for the checked lesson": (
        Guards(claims_the_checked_lesson=False),
        TWO_FAULTS,
        WORDS,
    ),
    "the claim is the next after the checked one": (
        Guards(claims_the_checked_attempt=False),
        TWO_JOBS,
        UNSEEN,
    ),
    "the claim comes before the publish": (Guards(claims_before_publish=False), ONE_SENDER, UNSEEN),
    "one text has the phone": (Guards(one_text_a_phone=False), ONE_PHONE, PHONE),
    "a text in doubt keeps the phone": (
        Guards(keeps_the_phone_if_in_doubt=False),
        ONE_PHONE,
        PHONE,
    ),
    "one attempt": (Guards(one_attempt=False), ONE_SENDER, TWICE),
    "no answer is a doubt": (Guards(no_answer_is_doubt=False), ONE_SENDER, UNSEEN),
    "a sender ends its own claim only": (Guards(ends_its_own_claim=False), TWO_JOBS, UNSEEN),
    "a sender ends only what is being sent": (
        Guards(ends_from=frozenset({State.SENDING, State.DELIVERED})),
        ONE_SENDER,
        LOGS,
    ),
    "text and log in one transaction": (Guards(logs_in_the_transaction=False), ONE_SENDER, LOGS),
    "a log only with a move": (Guards(logs_only_a_move=False), ONE_SENDER, LOGS),
    "a person resends no text that was sent": (
        Guards(resends_from=frozenset({State.FAILED, State.IN_DOUBT, State.SENT})),
        ONE_SENDER,
        LOGS,
    ),
    "nothing that may have left is claimed again": (
        Guards(claims_again_only_what_never_left=False),
        TWO_FAULTS,
        WORDS,
    ),
    "only what is certain is settled": (
        Guards(settles_only_what_is_certain=False),
        SIBLINGS,
        EVIDENCE,
    ),
    "what may have left twice is not settled": (
        Guards(settles_none_that_left_twice=False),
        SIBLINGS,
        EVIDENCE,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_without_a_guard_a_promise_is_broken(case: str) -> None:
    guards, bounds, promise = CASES[case]
    broken = explore(bounds, guards, stops_if_broken=True).broken
    assert any(promise in each for each in broken), broken


def test_each_guard_is_taken_away() -> None:
    taken_away = {
        guard.name
        for guard in fields(Guards)
        for guards, *_ in CASES.values()
        if getattr(guards, guard.name) != getattr(Guards(), guard.name)
    }
    assert taken_away == {guard.name for guard in fields(Guards)}
