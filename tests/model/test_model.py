"""The model keeps every promise in every state, and moves a text as the ledger allows."""

import pytest

from absence_texts.ledger import ONLY_BY_A_PERSON, TRANSITIONS, State
from tests.model.colleges import QUICKLY
from tests.model.exploration import Exploration, explore

type Pairs = set[tuple[State | None, State]]


@pytest.fixture(scope="module")
def explorations() -> dict[str, Exploration]:
    return {name: explore(bounds) for name, bounds in QUICKLY.items()}


def moves(explorations: dict[str, Exploration], *, by_a_person: bool) -> Pairs:
    return {
        (move.before, move.to)
        for found in explorations.values()
        for move in found.moves
        if (move.by == "person") == by_a_person
    }


def pairs(table: dict[State, frozenset[State]]) -> Pairs:
    return {(before, to) for to, sources in table.items() for before in sources}


@pytest.mark.parametrize("name", QUICKLY)
def test_every_promise_holds_in_every_state(
    explorations: dict[str, Exploration], name: str
) -> None:
    assert explorations[name].broken == {}, "python -m tests.model prints the way there"


def test_the_model_makes_every_move_that_the_ledger_allows_and_no_other(
    explorations: dict[str, Exploration],
) -> None:
    by_a_person = moves(explorations, by_a_person=True)
    assert by_a_person == pairs(ONLY_BY_A_PERSON)
    by_the_service = moves(explorations, by_a_person=False)
    assert by_the_service == pairs(TRANSITIONS) - by_a_person
