"""Every fault that is possible, at every step of one run and one sender."""

from collections import defaultdict
from collections.abc import Iterator

from absence_texts.ledger import State
from tests.simulation.simulation import Simulator
from tests.support.faults import POSSIBLE, Fault, NoFaults, OneFault, Step

# The state in which the text may end that the fault concerns. After every other fault: sent.
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


def every_fault(simulator: Simulator) -> Iterator[tuple[Step, OneFault]]:
    script = NoFaults()
    assert simulator.run_script(script).states == [State.SENT, State.SENT]
    for number, step in enumerate(script.steps):
        for fault in POSSIBLE[step]:
            yield step, OneFault(number, fault)


def test_one_fault_at_any_step_breaks_no_promise_and_costs_one_text_at_most(
    simulator: Simulator,
) -> None:
    costs = defaultdict[tuple[Step, Fault], list[str]](list)
    for step, script in every_fault(simulator):
        result = simulator.run_script(script)
        assert result.faults == [script.fault], script
        assert result.broken == [], script
        assert len(result.states) == 2, script
        assert result.states.count(State.SENT) >= 1, script
        costs[step, script.fault] += set(result.states) - {State.SENT}
    assert {what: set(states) for what, states in costs.items() if states} == {
        what: {state} for what, state in COSTS.items()
    }
    assert len(costs[Step.STATEMENT, Fault.ANSWER_LOST]) == 2, "the two claims, no more"


def test_one_fault_at_any_step_of_a_hold_and_its_release_sends_nothing_unreleased(
    simulator: Simulator,
) -> None:
    script = NoFaults()
    calm = simulator.run_release(script)
    assert (calm.states, calm.released) == ([State.SENT, State.SENT], 2)
    for number, step in enumerate(script.steps):
        for fault in POSSIBLE[step]:
            result = simulator.run_release(OneFault(number, fault))
            assert result.broken == [], (number, fault)
            assert result.held == 2, (number, fault)
            assert result.states.count(State.SENT) >= 1, (number, fault)


def test_one_fault_at_any_step_of_recording_receipts_loses_none_of_them(
    simulator: Simulator,
) -> None:
    script = NoFaults()
    calm = simulator.run_receipts(script)
    assert set(calm.states) <= {State.DELIVERED, State.UNDELIVERED}
    assert len(script.steps) > 10
    for number, step in enumerate(script.steps):
        for fault in POSSIBLE[step]:
            result = simulator.run_receipts(OneFault(number, fault))
            assert result.faults == [fault], (number, fault)
            assert result.broken == [], (number, fault)
            assert set(result.states) <= {State.DELIVERED, State.UNDELIVERED}, (number, fault)
