"""The stand-in portal as a process of the stack."""

import sys
from pathlib import Path

from local.answering import wait_for_answer
from local.loopback import HOST, fetch, free_port
from local.portal.server import LOGIN
from local.processes import start
from local.running_stack import RunningStack
from local.surroundings import OUR_CODE, environment

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

    wait_for_answer(
        process, lambda: fetch(stack.portal_address + LOGIN), name=_NAME, directory=directory
    )
