"""How a text may move between the states."""

import pytest

from absence_texts.ledger import ONLY_BY_A_PERSON, RESENDABLE, TRANSITIONS, State, sources_of

FINAL = {State.DELIVERED, State.UNDELIVERED, State.FAILED, State.WOULD_SEND}


def reached_from(state: State) -> set[State]:
    """Return the states to which the service itself moves a text from this state."""
    return {to for to in State if state in sources_of(to)}


def test_every_state_can_be_reached_from_pending() -> None:
    reached = {State.PENDING}
    while further := {to for to in State if TRANSITIONS[to] & reached} - reached:
        reached |= further
    assert reached == set(State)


@pytest.mark.parametrize("state", State)
def test_only_a_final_state_is_never_left(state: State) -> None:
    assert (not reached_from(state)) == (state in FINAL)


def test_only_a_text_that_was_not_started_may_be_claimed_for_sending() -> None:
    assert TRANSITIONS[State.SENDING] == {State.PENDING, State.QUEUED}


def test_a_person_resends_only_what_did_not_leave_or_what_nobody_knows_of() -> None:
    assert {State.FAILED, State.IN_DOUBT} == RESENDABLE
    assert {State.PENDING: RESENDABLE | {State.HELD}} == ONLY_BY_A_PERSON
    assert TRANSITIONS[State.PENDING] >= RESENDABLE


def test_a_held_text_leaves_only_if_a_person_releases_it() -> None:
    assert reached_from(State.HELD) == {State.CANCELLED}


def test_a_text_in_doubt_is_never_sent_again_by_itself() -> None:
    assert reached_from(State.IN_DOUBT) == {State.SENT}


def test_what_was_sent_can_only_be_delivered_or_not() -> None:
    assert reached_from(State.SENT) == {State.DELIVERED, State.UNDELIVERED}
