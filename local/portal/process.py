"""Starts the stand-in portal as a process of the stack."""

import sys
from pathlib import Path

from local.environment import OUR_CODE, environment
from local.loopback import HOST, fetch, free_port
from local.portal.server import LOGIN
from local.processes import start
from local.readiness import wait_until_ready
from local.running_stack import RunningStack

_NAME = "portal"


def choose_address() -> str:
    return f"http://{HOST}:{free_port()}"


def start_for(stack: RunningStack, directory: Path) -> None:
    description = directory / "portal.json"
    stack.write(description)
    process = start(
        (sys.executable, "-m", "local.portal", description),
        name=_NAME,
        directory=directory,
        environment=environment(directory, stack.ministack_address) | {"PYTHONPATH": OUR_CODE},
    )

    wait_until_ready(
        process, lambda: fetch(stack.portal_address + LOGIN), name=_NAME, directory=directory
    )
