"""Starts, finds and stops the whole service on this machine; each stack has a directory."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from local import database_server, ministack
from local.database_users import new_logins
from local.deployment import Deployment
from local.interrupts import interrupts_ignored
from local.portal import process as portal
from local.processes import recorded, stop_all
from local.running_stack import RunningStack, description_of
from local.steps import Start, Tell


def _say_nothing(_progress: str) -> None:
    pass


@contextmanager
def running(
    directory: Path, *, clock_offset: timedelta = timedelta(), tell: Tell = _say_nothing
) -> Iterator[RunningStack]:
    """Start a stack in this directory; stop it and remove its directory at the end."""
    try:
        yield start(directory, clock_offset=clock_offset, tell=tell)
    finally:
        stop(directory)


def start(
    directory: Path, *, clock_offset: timedelta = timedelta(), tell: Tell = _say_nothing
) -> RunningStack:
    """Start a stack with an empty college; stop first a stack that this directory already has."""
    stop(directory)
    directory.mkdir(parents=True)
    try:
        return _start(directory, clock_offset, tell)
    except BaseException:
        stop(directory)
        raise


def find(directory: Path) -> RunningStack | None:
    """Return the stack of this directory if all of its processes run."""
    processes = recorded(directory)
    if not processes or not all(process.is_running() for process in processes.values()):
        return None
    description = description_of(directory)
    return RunningStack.read(description) if description.exists() else None


def stop(directory: Path) -> bool:
    """Stop the stack of this directory and remove it; return whether the directory existed."""
    with interrupts_ignored():
        description_of(directory).unlink(missing_ok=True)
        if not directory.exists():
            return False
        stop_all(directory)
        shutil.rmtree(directory)
    return True


def _start(directory: Path, clock_offset: timedelta, tell: Tell) -> RunningStack:
    deployment = Deployment(
        directory=directory,
        ministack_address=ministack.choose_address(),
        portal_address=portal.choose_address(),
        clock_offset=clock_offset,
    )
    owner = database_server.new_credentials()
    start = Start(
        directory=directory,
        credentials=owner,
        logins=new_logins(owner),
        deployment=deployment,
        tell=tell,
    )
    start.prepare()
    stack = start.deploy()
    portal.start_for(stack, directory)
    stack.write(description_of(directory))
    return stack
