"""A directory for one run. The next run removes what a crashed run left."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.processes import stop_all


@contextmanager
def run_directory(parent: Path) -> Iterator[Path]:
    """Make a directory in `parent`, and remove it at the end.

    The run locks its directory, and the system releases the lock when the process ends, in
    whatever way. So a directory that is not locked belonged to a run that crashed, and runs at
    the same time leave each other's directories alone.
    """
    parent.mkdir(parents=True, exist_ok=True)
    with locked(parent):
        _clear_abandoned(parent)
        directory = Path(tempfile.mkdtemp(dir=parent, prefix="run-"))
        held = _lock(directory, fcntl.LOCK_EX)
    try:
        yield directory
    finally:
        _clear(directory)
        os.close(held)


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Let one process at a time run the block; another one waits."""
    held = _lock(directory, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(held)


def _clear_abandoned(parent: Path) -> None:
    for directory in parent.glob("run-*"):
        try:
            held = _lock(directory, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        _clear(directory)
        os.close(held)


def _clear(directory: Path) -> None:
    for part in {pid_file.parent for pid_file in directory.rglob("*.pid")}:
        stop_all(part)
    shutil.rmtree(directory)


def _lock(directory: Path, kind: int) -> int:
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, kind)
    except BaseException:
        os.close(handle)
        raise
    return handle
