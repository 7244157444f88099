"""Processes that may outlive the one that started them; a pid file says how to stop each."""

import os
import signal
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from local.waiting import wait_until

_PATIENCE_SECONDS = 15


class ProcessError(Exception):
    """A process failed, or did not stop."""


@dataclass(frozen=True)
class Process:
    """One process. Its start time distinguishes it from a later process with the same number."""

    pid: int
    started: int
    """In clock ticks since the machine started."""

    def is_running(self) -> bool:
        state, started = _look_at(self.pid)
        return started == self.started and state not in "ZX"

    def stop(self, *, patience_seconds: float = _PATIENCE_SECONDS) -> None:
        """End the process and those that it started: first by SIGTERM, then by SIGKILL."""
        if self.is_running():
            self._signal(signal.SIGTERM)
            with suppress(ProcessError):
                self._wait_for_end(patience_seconds)
            self._signal(signal.SIGKILL)
            self._wait_for_end(_PATIENCE_SECONDS)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, os.WNOHANG)

    def _signal(self, sign: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            # start() made it the leader of a process group.
            os.killpg(self.pid, sign)

    def _wait_for_end(self, seconds: float) -> None:
        wait_until(
            lambda: not self.is_running(),
            seconds=seconds,
            otherwise=lambda: ProcessError(f"Process {self.pid} does not stop."),
        )


def start(
    command: Iterable[str | Path],
    *,
    name: str,
    directory: Path,
    environment: Mapping[str, str] | None = None,
) -> Process:
    """Start a command in a new process group, which Ctrl-C in this terminal does not reach.

    Its output goes to NAME.log, and NAME.pid holds its process id and start time.
    """
    words = [str(word) for word in command]
    output = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    pid = os.posix_spawn(
        words[0],
        words,
        os.environ if environment is None else environment,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, directory / f"{name}.log", output, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )
    process = Process(pid, _look_at(pid)[1])
    (directory / f"{name}.pid").write_text(f"{process.pid} {process.started}\n")
    return process


def run(
    command: Iterable[str | Path],
    *,
    name: str,
    directory: Path,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Start a command as `start` does and wait for its end; raises ProcessError if it fails."""
    process = start(command, name=name, directory=directory, environment=environment)
    try:
        status = os.waitstatus_to_exitcode(os.waitpid(process.pid, 0)[1])
    except ChildProcessError:
        raise ProcessError(f"{name} was stopped.") from None
    (directory / f"{name}.pid").unlink(missing_ok=True)
    if status != 0:
        raise ProcessError(f"{name} failed ({status}). {log_tail(directory, name)}")


def stop_all(directory: Path) -> list[str]:
    """Stop what the directory's pid files name, the latest first; return the names stopped."""
    stopped = []
    for pid_file in sorted(directory.glob("*.pid"), key=_age, reverse=True):
        process = _recorded(pid_file)
        if process is not None and process.is_running():
            stopped.append(pid_file.stem)
        if process is not None:
            process.stop()
        pid_file.unlink(missing_ok=True)
    return stopped


def recorded(directory: Path) -> dict[str, Process]:
    """Return the processes that pid files in this directory name."""
    named = {path.stem: _recorded(path) for path in directory.glob("*.pid")}
    return {name: process for name, process in named.items() if process is not None}


def log_tail(directory: Path, name: str, *, lines: int = 15) -> str:
    log = directory / f"{name}.log"
    tail = log.read_text(errors="replace").splitlines()[-lines:] if log.exists() else []
    return "\n".join([f"The end of {log}:", *tail])


def _look_at(pid: int) -> tuple[str, int]:
    """Return the state and start time of the process with this id, or X and 0 if there is none."""
    try:
        # The command's name is in brackets, and may contain spaces and brackets itself.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return "X", 0
    return fields[0], int(fields[19])


def _age(pid_file: Path) -> int:
    return pid_file.stat().st_mtime_ns


def _recorded(pid_file: Path) -> Process | None:
    """Return the process that a pid file names; a half-written file names none."""
    try:
        pid, started = map(int, pid_file.read_text().split())
    except (FileNotFoundError, ValueError):
        return None
    return Process(pid, started)
