"""What every test starts from: a directory of this run's own, and no way out of this machine."""

import os
import sys
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from local import database_server
from local.run_directory import run_directory

_RUNS = Path(__file__).parent.parent / ".local" / "test"
_NO_AWS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SESSION_TOKEN": "testing",
    "AWS_DEFAULT_REGION": "eu-west-2",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


class LeftThisMachineError(Exception):
    """A test tried to reach something beyond this machine's own address."""


def _stay_on_this_machine(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect" or not isinstance(arguments[1], tuple):
        return
    host = arguments[1][0]
    if host != "localhost" and not ip_address(host).is_loopback:
        raise LeftThisMachineError(host)


def pytest_configure() -> None:
    os.environ.pop("AWS_PROFILE", None)
    os.environ.update(_NO_AWS)
    sys.addaudithook(_stay_on_this_machine)


def pytest_report_header() -> str:
    return f"database server: {database_server.version()}"


@pytest.fixture(scope="session")
def run_files() -> Iterator[Path]:
    """Make a directory for this test run alone; what it holds is stopped and removed at the end."""
    with run_directory(_RUNS) as directory:
        yield directory
