"""AWS for the questions of `preflight`."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.unit.ops.preflight.stubbed_aws import Aws


@pytest.fixture
def aws() -> Iterator[Aws]:
    with ExitStack() as close:
        yield Aws(close)
