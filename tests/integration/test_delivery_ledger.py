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

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, execute
from absence_texts.identifiers import AbsenceTextId, LessonId
from absence_texts.ledger import (
    NOT_STARTED,
    RELEASABLE,
    RESENDABLE,
    State,
    move,
    move_all,
    release,
    resend,
    sources_of,
)
from tests.support.college import College, at

TEXTS = 3
MOMENTS = [at(f"11:{minute}") for minute in range(10, 60)]

states = st.sampled_from(State)
some_states = st.frozensets(states, min_size=1)
some_texts = st.sets(st.integers(0, TEXTS - 1), min_size=1)


class Ledger(RuleBasedStateMachine):
    """Rows in the database and, beside them, the states that the table gives them."""

    def __init__(self, college: College) -> None:
        super().__init__()
        self.college = college
        self.ids: list[AbsenceTextId] = []
        self.lessons: list[LessonId] = []
        self.expected: list[State] = []
        self.moments = iter(MOMENTS)

    def a_moment_later(self) -> CollegeTime:
        """Return a new time: to MySQL, a row set to what it was is none that changed."""
        return next(self.moments)

    @initialize(start=st.lists(states, min_size=TEXTS, max_size=TEXTS))
    def fill(self, start: list[State]) -> None:
        execute(self.college.database, "DELETE FROM absence_texts", {})
        for state in start:
            student, guardian = self.college.student_with_guardian()
            self.college.claim(student, guardian, self.college.lesson(), state)
        self.ids = [AbsenceTextId(text["id"]) for text in self.college.texts()]
        self.lessons = [LessonId(text["lesson_id"]) for text in self.college.texts()]
        self.expected = list(start)

    @rule(which=some_texts, to=states, only_from=some_states)
    def move_some(self, which: set[int], to: State, only_from: frozenset[State]) -> None:
        ids = [self.ids[number] for number in which]
        moved = move(self.college.database, ids, to, self.a_moment_later(), only_from)
        assert moved == self._expect(which, to, only_from)

    @rule(to=st.sampled_from([State.CANCELLED, State.IN_DOUBT]))
    def move_whatever_may(self, to: State) -> None:
        moved = move_all(self.college.database, "TRUE", to, self.a_moment_later(), {})
        assert moved == self._expect(set(range(TEXTS)), to, frozenset(State))

    @rule(which=some_texts, day_is_over=st.booleans())
    def a_person_releases_some(self, which: set[int], *, day_is_over: bool) -> None:
        moment = at("2026-11-24 09:00") if day_is_over else self.a_moment_later()
        release(self.college.database, [self.lessons[number] for number in which], moment)
        self._expect_from(frozenset() if day_is_over else RELEASABLE, which, State.PENDING)

    @rule(number=st.integers(0, TEXTS - 1), day_is_over=st.booleans())
    def a_person_resends_one(self, number: int, *, day_is_over: bool) -> None:
        moment = at("2026-11-24 09:00") if day_is_over else self.a_moment_later()
        moved = resend(self.college.database, self.ids[number], moment)
        sources = frozenset() if day_is_over else RESENDABLE
        assert moved == self._expect_from(sources, {number}, State.PENDING)

    @invariant()
    def the_rows_are_as_the_table_says(self) -> None:
        rows = self.college.texts()
        assert [row["state"] for row in rows] == self.expected
        assert all(row[f"{row['state']}_at"] for row in rows)

    def _expect(self, which: set[int], to: State, only_from: frozenset[State]) -> int:
        return self._expect_from(sources_of(to) & only_from, which, to)

    def _expect_from(self, sources: frozenset[State], which: set[int], to: State) -> int:
        movable = [number for number in which if self.expected[number] in sources]
        for number in movable:
            self.expected[number] = to
        return len(movable)


def test_no_sequence_of_moves_leaves_the_table_of_transitions(database: Database) -> None:
    run_state_machine_as_test(
        partial(Ledger, College(database)),  # type: ignore[arg-type]  # any maker will do
        settings=settings(max_examples=40, stateful_step_count=15),
    )


def reachable_from(state: State) -> set[State]:
    """Return every state that the service can bring a text to from this one, by itself."""
    found = {state}
    while more := {to for to in State if sources_of(to) & found} - found:
        found |= more
    return found


@pytest.mark.parametrize("state", State)
def test_only_a_text_that_certainly_did_not_leave_can_ever_be_claimed(state: State) -> None:
    may_be_claimed = NOT_STARTED | {State.HELD, State.CANCELLED, State.SENDING}
    assert (State.SENDING in reachable_from(state)) == (state in may_be_claimed)
