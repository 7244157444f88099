"""Each service is stopped while texts leave, and no text is lost or sent twice."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import time
from pathlib import Path

import pytest

from absence_texts.database import connect, execute
from absence_texts.ledger import State
from local import database_server, ministack
from local import stack as local_stack
from local.college_clock import offset_to
from local.processes import recorded
from local.running_stack import RunningStack
from tests.e2e.deployed import Deployed
from tests.support.college import College
from tests.support.registers import a_register

TEXTS = 120
PRESENT = 200
MID_FLOW = 20
SENDERS = 5


@dataclass
class Machine:
    """A deployed stack whose parts a test stops and starts."""

    directory: Path
    deployed: Deployed

    @property
    def stack(self) -> RunningStack:
        return self.deployed.stack

    def stop_database(self) -> None:
        self.deployed.college.database.close()
        recorded(self.directory)[database_server.PROCESS].stop()

    def start_database(self) -> None:
        database_server.start_again_in(self.directory, self.stack.credentials)
        self.deployed.college.database.connect()

    def stop_ministack(self) -> None:
        recorded(self.directory)["ministack"].stop()

    def start_ministack(self) -> None:
        ministack.start_at(self.stack.ministack_address, self.directory)

    def kill_senders(self) -> None:
        """Kill only the processes in which MiniStack runs the function."""
        for pid in self._children(recorded(self.directory)["ministack"].pid):
            with suppress(FileNotFoundError, ProcessLookupError):
                if self._sender in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
                    os.kill(pid, signal.SIGKILL)

    @property
    def _sender(self) -> bytes:
        return f"AWS_LAMBDA_FUNCTION_NAME={self.stack.functions['send_sms']}".encode()

    def _children(self, pid: int) -> list[int]:
        tasks = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text().split()]


@pytest.fixture(scope="module")
def machine(run_files: Path) -> Iterator[Machine]:
    directory = run_files / "stopped" / "stack"
    with (
        local_stack.running(directory, clock_offset=offset_to(time(11, 45))) as stack,
        closing(connect(stack.credentials)) as database,
    ):
        yield Machine(
            directory, Deployed(stack, College(database, day=f"{stack.clock.now().today}"))
        )


def make_texts_due(college: College) -> None:
    """Mark many students absent, and more present, so that the day looks ordinary."""
    a_register(college, absent=TEXTS, present=PRESENT)


def let_time_pass(college: College) -> None:
    """Make claims and queued texts as old as they are after a quarter of an hour."""
    execute(
        college.database,
        "UPDATE absence_texts SET queued_at = queued_at - INTERVAL 16 MINUTE,"
        " sending_at = sending_at - INTERVAL 16 MINUTE WHERE state IN ('queued', 'sending')",
        {},
    )


@pytest.mark.parametrize(
    ("stop", "start"),
    [
        pytest.param(Machine.stop_database, Machine.start_database, id="the database"),
        pytest.param(Machine.kill_senders, lambda _: None, id="the sender"),
        pytest.param(Machine.stop_ministack, Machine.start_ministack, id="MiniStack"),
    ],
)
def test_whatever_is_stopped_mid_flow_no_text_is_lost_and_none_sent_twice(
    machine: Machine, stop: Callable[[Machine], None], start: Callable[[Machine], None]
) -> None:
    deployed, college = machine.deployed, machine.deployed.college
    before = len(deployed.texts())
    known = len(college.texts())
    make_texts_due(college)
    deployed.call_detection()
    deployed.wait_until(lambda: len(deployed.texts()) >= before + MID_FLOW)
    stop(machine)
    start(machine)
    assert len(deployed.texts()) < before + TEXTS, "it was stopped too late to tell anything"
    let_time_pass(college)
    deployed.call_detection()
    deployed.wait_until(lambda: not deployed.texts_under_way())
    check_every_text(deployed, known)


def check_every_text(deployed: Deployed, known: int) -> None:
    texts = deployed.college.texts()[known:]
    states = Counter(text["state"] for text in texts)
    assert states.total() == TEXTS
    assert states[State.SENT] + states[State.IN_DOUBT] == TEXTS
    assert states[State.IN_DOUBT] <= SENDERS
    received = Counter(text.mobile for text in deployed.texts())
    assert set(received.values()) == {1}
    for text in texts:
        assert text["state"] == State.IN_DOUBT or len(deployed.texts_to(text["guardian_id"])) == 1
    logged = {log["absence_text_id"] for log in deployed.college.pastoral_logs()}
    assert {text["id"] for text in texts if text["state"] == State.SENT} <= logged
