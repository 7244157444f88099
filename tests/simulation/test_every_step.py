"""Every fault at every step of one run and one sender: not by chance, but all there are."""

from collections.abc import Iterator

from absence_texts.ledger import State
from tests.simulation.faults import POSSIBLE, Calm, Fault, Once, Step
from tests.simulation.simulation import Simulator

LOSES = dict.fromkeys(Fault, State.SENT) | {
    Fault.INVALID_NUMBER: State.FAILED,
    Fault.OPTED_OUT: State.FAILED,
    Fault.KILLED: State.IN_DOUBT,
    Fault.ANSWER_LOST: State.IN_DOUBT,
    Fault.ACCEPTED_THEN_HANGS: State.IN_DOUBT,
    Fault.ACCEPTED_THEN_500: State.IN_DOUBT,
    Fault.HANGS: State.IN_DOUBT,
    Fault.ANSWERS_500: State.IN_DOUBT,
    Fault.CONNECTION_LOST: State.IN_DOUBT,
}
"""What the text may end as that a fault befell; for all others, as sent."""


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
        assert set(result.states) <= {State.SENT, LOSES[script.fault]}, script
        tried += 1
    assert tried > 100
