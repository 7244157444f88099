"""A start of the stack that is interrupted leaves nothing that breaks the next start."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from local import stack as local_stack
from local.database_server import PROCESS
from local.environment import OUR_CODE, ROOT
from local.processes import Process, recorded
from local.running_stack import description_of
from local.waiting import wait_until

_STARTED_EARLY = {PROCESS, "ministack", "cdk-synth"}


@pytest.fixture
def starting(run_files: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    directory = run_files / "interrupted" / "stack"
    command = (sys.executable, "-m", "local", "up", "--directory", directory)
    with (
        sigint_heeded(),
        subprocess.Popen(  # noqa: S603 (our own words)
            command,
            cwd=ROOT,
            env={
                "PATH": "/usr/bin:/bin",
                "PYTHONPATH": OUR_CODE,
                "DATABASE": os.environ.get("DATABASE", ""),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
    ):
        yield process, directory
        process.kill()
    local_stack.stop(directory)


@contextmanager
def sigint_heeded() -> Iterator[None]:
    """Let what is started here be interrupted: a shell's background job would ignore SIGINT."""
    earlier = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, earlier)


def started_processes(directory: Path) -> list[Process]:
    """Wait until the first processes have started, and return them."""
    wait_for(lambda: recorded(directory).keys() >= _STARTED_EARLY, "they start")
    return list(recorded(directory).values())


def wait_for(holds: Callable[[], bool], what: str) -> None:
    wait_until(holds, seconds=60, otherwise=lambda: AssertionError(f"never: {what}"))


@pytest.mark.parametrize(
    ("sign", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 128 + signal.SIGTERM)]
)
def test_an_interrupted_start_stops_all_that_it_started(
    starting: tuple[subprocess.Popen[str], Path], sign: signal.Signals, status: int
) -> None:
    process, directory = starting
    started = started_processes(directory)
    process.send_signal(sign)
    assert process.wait(60) == status
    assert not [each for each in started if each.is_running()]
    assert not directory.exists()
    assert not description_of(directory).exists()


def test_what_a_killed_start_left_is_stopped_by_down(
    starting: tuple[subprocess.Popen[str], Path],
) -> None:
    process, directory = starting
    started = started_processes(directory)
    process.kill()
    process.wait(60)
    assert local_stack.stop(directory)
    assert not [each for each in started if each.is_running()]
    assert not directory.exists()


def test_where_nothing_runs_there_is_nothing_to_stop(tmp_path: Path) -> None:
    assert local_stack.find(tmp_path / "stack") is None
    assert not local_stack.stop(tmp_path / "stack")
