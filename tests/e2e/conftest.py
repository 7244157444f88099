"""The deployed local stack, once for the whole run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from local import stack as local_stack
from local.college_clock import offset_for_texts
from local.running_stack import RunningStack


@pytest.fixture(scope="session")
def stack(run_files: Path) -> Iterator[RunningStack]:
    """Bring up a stack with an empty college, at a time of its day when texts leave."""
    with local_stack.running(run_files / "stack", clock_offset=offset_for_texts()) as running:
        yield running
