"""For every test: a directory that belongs to this run, and no connection beyond this machine."""

import sys
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.remote import Producer

from local import database_server
from local.database_server import DatabaseServerError
from local.programs import ProgramMissingError
from local.run_directory import run_directory
from tests.support.no_aws_account import leave_the_users_account
from tests.support.whole_suites import WholeSuites

_RUNS = Path(__file__).parent.parent / ".local" / "test"


class LeftThisMachineError(Exception):
    """A test tried to reach something beyond this machine's own address."""


def _stay_on_this_machine(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect" or not isinstance(arguments[1], tuple):
        return
    host = arguments[1][0]
    if host != "localhost" and not ip_address(host).is_loopback:
        raise LeftThisMachineError(host)


def pytest_configure() -> None:
    # A machine that is busy makes an example slow, and proves nothing about the code.
    settings.register_profile("no deadline", deadline=None)
    settings.load_profile("no deadline")
    leave_the_users_account()
    sys.addaudithook(_stay_on_this_machine)


def pytest_report_header() -> str:
    try:
        return f"database server: {database_server.version()}"
    except (DatabaseServerError, ProgramMissingError) as error:
        raise pytest.UsageError(str(error)) from None


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WholeSuites | None:
    return WholeSuites(config, log) if config.getvalue("dist") == "loadscope" else None


@pytest.fixture(scope="session")
def run_files() -> Iterator[Path]:
    """Make a directory for this run alone; at the end its processes stop and it is removed."""
    with run_directory(_RUNS) as directory:
        yield directory
