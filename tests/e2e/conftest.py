"""The deployed local stack and a browser, once for the whole run."""

from collections.abc import Iterator
from contextlib import closing
from datetime import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from absence_texts.database import connect
from local import stack as local_stack
from local.college_clock import offset_to
from local.running_stack import RunningStack
from tests.e2e.browser import running_chromium
from tests.e2e.deployed import Deployed
from tests.support.college import College


@pytest.fixture(scope="session")
def stack(run_files: Path) -> Iterator[RunningStack]:
    """Start a stack with an empty college, whose clock shows 11:45 today."""
    offset = offset_to(time(11, 45))
    # A stack locks the directory above its own, and the run has already locked `run_files`.
    directory = run_files / "deployed" / "stack"
    with local_stack.running(directory, clock_offset=offset) as running:
        yield running


@pytest.fixture(scope="session")
def deployed(stack: RunningStack) -> Iterator[Deployed]:
    with closing(connect(stack.credentials)) as database:
        yield Deployed(stack, College(database, day=f"{stack.clock.now().today}"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser
