"""The simulator, with a database server that the integration tests don't use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from absence_texts.database import Credentials
from local import database_server
from tests.simulation.simulation import Simulator, running_simulator


@pytest.fixture(scope="session")
def server(run_files: Path) -> Iterator[Credentials]:
    with database_server.running(run_files / "simulation") as credentials:
        yield credentials


@pytest.fixture(scope="session")
def simulator(server: Credentials) -> Iterator[Simulator]:
    with running_simulator(server) as simulator:
        yield simulator
