"""Processes that outlive the one that started them, each with a pid file to stop it by."""

import os
import signal
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from local.waiting import wait_until

_PATIENCE_SECONDS = 15


class ProcessError(Exception):
    """A process did not start, or did not stop."""


@dataclass(frozen=True)
class Process:
    """One process, told apart by its start time from a later one with the same number."""

    pid: int
    started: int
    """In clock ticks since the machine started."""

    @classmethod
    def find(cls, pid: int) -> Self | None:
        """Return the process that runs under this number now."""
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        try:
            # The command's name, in brackets, may itself hold spaces and brackets.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        return None if fields[0] in "ZX" else cls(pid, int(fields[19]))

    @property
    def is_running(self) -> bool:
        return Process.find(self.pid) == self

    def stop(self) -> None:
        """End it and what it started: asked politely first, then by force."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            if not self._signal(sign):
                return
            with suppress(ProcessError):
                self._wait_for_end()
        self._wait_for_end()

    def _signal(self, sign: signal.Signals) -> bool:
        if not self.is_running:
            return False
        with suppress(ProcessLookupError):
            # It leads a group of its own: see start().
            os.killpg(self.pid, sign)
        return True

    def _wait_for_end(self) -> None:
        wait_until(
            lambda: not self.is_running,
            seconds=_PATIENCE_SECONDS,
            otherwise=lambda: ProcessError(f"Process {self.pid} does not stop."),
        )


def start(
    command: Iterable[str | Path],
    *,
    name: str,
    directory: Path,
    environment: Mapping[str, str] | None = None,
) -> Process:
    """Start a command in a group of its own, so that Ctrl-C here does not reach it.

    Its output goes to NAME.log, and NAME.pid says whom to stop.
    """
    words = [str(word) for word in command]
    log = os.open(directory / f"{name}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        pid = os.posix_spawn(
            words[0],
            words,
            os.environ if environment is None else environment,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, log, 1),
                (os.POSIX_SPAWN_DUP2, log, 2),
            ],
            setsid=True,
        )
    finally:
        os.close(log)
    process = Process.find(pid)
    if process is None:
        raise ProcessError(f"{name} ended as soon as it started. {log_tail(directory, name)}")
    (directory / f"{name}.pid").write_text(f"{process.pid} {process.started}\n")
    return process


def stop_all(directory: Path) -> list[str]:
    """Stop what pid files in this directory name, the latest first; return the names stopped."""
    stopped = []
    for pid_file in sorted(directory.glob("*.pid"), key=_age, reverse=True):
        process = _recorded(pid_file)
        if process is not None and process.is_running:
            process.stop()
            stopped.append(pid_file.stem)
        pid_file.unlink(missing_ok=True)
    return stopped


def log_tail(directory: Path, name: str, *, lines: int = 15) -> str:
    log = directory / f"{name}.log"
    tail = log.read_text(errors="replace").splitlines()[-lines:] if log.exists() else []
    return "\n".join([f"The end of {log}:", *tail])


def _age(pid_file: Path) -> int:
    return pid_file.stat().st_mtime_ns


def _recorded(pid_file: Path) -> Process | None:
    """Return the process that a pid file names; a half-written file names none."""
    try:
        pid, started = map(int, pid_file.read_text().split())
    except ValueError:
        return None
    return Process(pid, started)
