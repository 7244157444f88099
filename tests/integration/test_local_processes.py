"""Each process that was started is stopped, and no other process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from local.processes import Process, ProcessError, recorded, run, start, stop_all
from local.run_directory import run_directory
from local.waiting import wait_until

SLEEP = "import time; time.sleep(600)"
STUBBORN = (
    f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); {SLEEP}"
)
PARENT = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "{SLEEP}"])
print(child.pid, flush=True)
child.wait()
"""


def start_script(script: str, directory: Path) -> Process:
    return start((sys.executable, "-c", script), name="script", directory=directory)


def first_line(directory: Path) -> str:
    log = directory / "script.log"
    wait_until(
        lambda: log.exists() and "\n" in log.read_text(),
        seconds=20,
        otherwise=lambda: AssertionError("it said nothing"),
    )
    return log.read_text().splitlines()[0]


def test_what_was_started_is_stopped_by_its_pid_file(tmp_path: Path) -> None:
    process = start_script(SLEEP, tmp_path)
    assert process.is_running()
    assert stop_all(tmp_path) == ["script"]
    assert not process.is_running()
    assert recorded(tmp_path) == {}


def test_a_process_that_was_killed_leaves_nothing_to_stop(tmp_path: Path) -> None:
    process = start_script(SLEEP, tmp_path)
    os.kill(process.pid, signal.SIGKILL)
    os.waitpid(process.pid, 0)
    assert stop_all(tmp_path) == []


def test_another_process_with_a_reused_number_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen((sys.executable, "-c", SLEEP)) as innocent:  # noqa: S603 (our own words)
        (tmp_path / "stale.pid").write_text(f"{innocent.pid} 1\n")
        assert stop_all(tmp_path) == []
        assert innocent.poll() is None
        innocent.kill()


@pytest.mark.parametrize("content", ["", "12", "not a number\n"])
def test_a_half_written_pid_file_stops_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "broken.pid").write_text(content)
    assert stop_all(tmp_path) == []
    assert not list(tmp_path.glob("*.pid"))


def test_what_a_process_started_ends_with_it(tmp_path: Path) -> None:
    start_script(PARENT, tmp_path)
    child = int(first_line(tmp_path))
    stop_all(tmp_path)
    wait_until(
        lambda: not Path(f"/proc/{child}").exists(),
        seconds=20,
        otherwise=lambda: AssertionError("the child lives"),
    )


def test_a_process_that_will_not_end_is_killed(tmp_path: Path) -> None:
    process = start_script(STUBBORN, tmp_path)
    first_line(tmp_path)
    process.stop(patience_seconds=0.2)
    assert not process.is_running()


def test_a_failed_command_is_reported_with_its_last_words(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "import sys; print('the reason'); sys.exit(3)")
    with pytest.raises(ProcessError, match=r"task failed \(3\)(.|\n)*the reason"):
        run(command, name="task", directory=tmp_path)


def test_what_a_crashed_run_left_is_stopped_by_the_next_one(tmp_path: Path) -> None:
    abandoned = tmp_path / "run-abandoned"
    abandoned.mkdir()
    process = start_script(SLEEP, abandoned)
    with run_directory(tmp_path):
        assert not process.is_running()
        assert not abandoned.exists()


def test_runs_side_by_side_leave_each_other_alone(tmp_path: Path) -> None:
    with run_directory(tmp_path) as one:
        process = start_script(SLEEP, one)
        with run_directory(tmp_path) as other:
            assert other != one
            assert process.is_running()
    assert not process.is_running()
    assert not list(tmp_path.iterdir())


def test_a_process_is_told_apart_by_its_start(tmp_path: Path) -> None:
    process = start_script(SLEEP, tmp_path)
    assert not Process(process.pid, process.started + 1).is_running()
    process.stop()
