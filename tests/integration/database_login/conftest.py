"""A server that encrypts, with a certificate of the tests' own, and a server that can't encrypt."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from absence_texts.database import Credentials
from local import database_server
from local.database_server import chosen_product
from tests.support.certificates import Authority

_WITHOUT_ENCRYPTION = {"MariaDB": "--skip-ssl", "MySQL": "--tls-version="}


@pytest.fixture(scope="package")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.called("the college", tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="package")
def encrypting(
    run_files: Path, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Credentials]:
    """Run a server with a certificate for 127.0.0.1."""
    certificate, key = authority.vouch_for("127.0.0.1", tmp_path_factory.mktemp("server"))
    options = (f"--ssl-cert={certificate}", f"--ssl-key={key}")
    with database_server.running(run_files / "encrypting", *options) as credentials:
        yield credentials


@pytest.fixture(scope="package")
def unencrypting(run_files: Path) -> Iterator[Credentials]:
    option = _WITHOUT_ENCRYPTION[chosen_product().name]
    with database_server.running(run_files / "unencrypting", option) as credentials:
        yield credentials


def as_another_machine(server: Credentials) -> Credentials:
    """Name the server in a way that leads to it and does not show that it is this machine."""
    return replace(server, host="127.1")
