"""Every fault at every step of one run and one sender: not by chance, but all there are."""

from collections.abc import Iterator

from absence_texts.ledger import State
from tests.simulation.faults import POSSIBLE, Calm, Fault, Once, Step
from tests.simulation.simulation import Simulator

NEVER_LEAVES = {Fault.INVALID_NUMBER, Fault.OPTED_OUT}


def steps_of_a_day(simulator: Simulator) -> list[Step]:
    script = Calm()
    assert simulator.play_script(script).states == [State.SENT, State.SENT]
    return script.steps


def every_fault(simulator: Simulator) -> Iterator[Once]:
    for number, step in enumerate(steps_of_a_day(simulator)):
        for fault in POSSIBLE[step]:
            yield Once(number, fault)


def test_one_fault_at_any_step_breaks_no_promise_and_loses_at_most_one_text(
    simulator: Simulator,
) -> None:
    tried = 0
    for script in every_fault(simulator):
        result = simulator.play_script(script)
        assert result.faults == [script.fault], script
        assert result.broken == [], script
        assert len(result.states) == 2
        assert State.SENT in result.states, script
        unsent = {State.FAILED} if script.fault in NEVER_LEAVES else {State.IN_DOUBT}
        assert set(result.states) <= {State.SENT} | unsent, script
        tried += 1
    assert tried > 100
