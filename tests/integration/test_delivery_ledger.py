"""The ledger under any sequence of moves: it is what its table of transitions says, no more."""

from functools import partial

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from absence_texts.database import Database, execute
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import NOT_STARTED, TRANSITIONS, State, move, move_all
from tests.college import College, at

TEXTS = 3
MOMENT = at("11:31")

states = st.sampled_from(State)
some_states = st.frozensets(states, min_size=1)
some_texts = st.sets(st.integers(0, TEXTS - 1), min_size=1)


class Ledger(RuleBasedStateMachine):
    """Rows in the database and, beside them, the states that the table gives them."""

    def __init__(self, college: College) -> None:
        super().__init__()
        self.college = college
        self.ids: list[AbsenceTextId] = []
        self.expected: list[State] = []

    @initialize(start=st.lists(states, min_size=TEXTS, max_size=TEXTS))
    def fill(self, start: list[State]) -> None:
        execute(self.college.database, "DELETE FROM absence_texts", {})
        for state in start:
            student, guardian = self.college.student_with_guardian()
            self.college.claim(student, guardian, self.college.lesson(), state)
        self.ids = [AbsenceTextId(text["id"]) for text in self.college.texts()]
        self.expected = list(start)

    @rule(which=some_texts, to=states, only_from=some_states)
    def move_some(self, which: set[int], to: State, only_from: frozenset[State]) -> None:
        ids = [self.ids[number] for number in which]
        moved = move(self.college.database, ids, to, MOMENT, only_from)
        assert moved == self._expect(which, to, only_from)

    @rule(to=st.sampled_from([State.CANCELLED, State.IN_DOUBT]))
    def move_whatever_may(self, to: State) -> None:
        moved = move_all(self.college.database, "TRUE", to, MOMENT, {})
        assert moved == self._expect(set(range(TEXTS)), to, frozenset(State))

    @invariant()
    def the_rows_are_as_the_table_says(self) -> None:
        rows = self.college.texts()
        assert [row["state"] for row in rows] == self.expected
        assert all(row[f"{row['state']}_at"] for row in rows)

    def _expect(self, which: set[int], to: State, only_from: frozenset[State]) -> int:
        sources = TRANSITIONS[to] & only_from
        movable = [number for number in which if self.expected[number] in sources]
        for number in movable:
            self.expected[number] = to
        return len(movable)


def test_no_sequence_of_moves_leaves_the_table_of_transitions(database: Database) -> None:
    run_state_machine_as_test(
        partial(Ledger, College(database)),  # type: ignore[arg-type]  # any maker will do
        settings=settings(max_examples=40, stateful_step_count=15, deadline=None),
    )


def reachable_from(state: State) -> set[State]:
    """Return every state that a text can come to from this one."""
    found = {state}
    while more := {to for to, sources in TRANSITIONS.items() if sources & found} - found:
        found |= more
    return found


@pytest.mark.parametrize("state", State)
def test_only_a_text_that_surely_did_not_leave_can_ever_be_claimed(state: State) -> None:
    may_be_claimed = NOT_STARTED | {State.CANCELLED, State.SENDING}
    assert (State.SENDING in reachable_from(state)) == (state in may_be_claimed)
