"""Every fault at every step of one run and one sender: not by chance, but all there are."""

from collections import defaultdict
from collections.abc import Iterator

from absence_texts.ledger import State
from tests.simulation.simulation import Simulator
from tests.support.faults import POSSIBLE, Calm, Fault, Once, Step

# What the text may end as that a fault befell. For all others: as sent.
COSTS = {
    (Step.STATEMENT, Fault.KILLED): State.IN_DOUBT,
    (Step.STATEMENT, Fault.ANSWER_LOST): State.IN_DOUBT,
    (Step.ANSWERED, Fault.KILLED): State.IN_DOUBT,
    (Step.PUBLISH, Fault.KILLED): State.IN_DOUBT,
    (Step.PUBLISH, Fault.CONNECTION_LOST): State.IN_DOUBT,
    (Step.PUBLISH, Fault.ANSWER_LOST): State.IN_DOUBT,
    (Step.PUBLISH, Fault.ACCEPTED_THEN_HANGS): State.IN_DOUBT,
    (Step.PUBLISH, Fault.ACCEPTED_THEN_500): State.IN_DOUBT,
    (Step.PUBLISH, Fault.HANGS): State.IN_DOUBT,
    (Step.PUBLISH, Fault.ANSWERS_500): State.IN_DOUBT,
    (Step.PUBLISH, Fault.INVALID_NUMBER): State.FAILED,
    (Step.PUBLISH, Fault.OPTED_OUT): State.FAILED,
}


def every_fault(simulator: Simulator) -> Iterator[tuple[Step, Once]]:
    script = Calm()
    assert simulator.play_script(script).states == [State.SENT, State.SENT]
    for number, step in enumerate(script.steps):
        for fault in POSSIBLE[step]:
            yield step, Once(number, fault)


def test_one_fault_at_any_step_breaks_no_promise_and_costs_one_text_at_most(
    simulator: Simulator,
) -> None:
    costs = defaultdict[tuple[Step, Fault], list[str]](list)
    for step, script in every_fault(simulator):
        result = simulator.play_script(script)
        assert result.faults == [script.fault], script
        assert result.broken == [], script
        assert len(result.states) == 2, script
        assert result.states.count(State.SENT) >= 1, script
        costs[step, script.fault] += set(result.states) - {State.SENT}
    assert {what: set(states) for what, states in costs.items() if states} == {
        what: {state} for what, state in COSTS.items()
    }
    assert len(costs[Step.STATEMENT, Fault.ANSWER_LOST]) == 2, "the two claims, no more"


def test_one_fault_at_any_step_of_recording_receipts_loses_none_of_them(
    simulator: Simulator,
) -> None:
    script = Calm()
    calm = simulator.play_receipts(script)
    assert set(calm.states) <= {State.DELIVERED, State.UNDELIVERED}
    assert len(script.steps) > 10
    for number, step in enumerate(script.steps):
        for fault in POSSIBLE[step]:
            result = simulator.play_receipts(Once(number, fault))
            assert result.faults == [fault], (number, fault)
            assert result.broken == [], (number, fault)
            assert sorted(result.states) == sorted(calm.states), (number, fault)
