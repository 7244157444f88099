"""MiniStack, which offers AWS's interfaces on this machine; the real template is deployed to it."""

import sys
from pathlib import Path

import boto3

from local.environment import REGION, environment
from local.loopback import HOST, fetch, free_port
from local.processes import start
from local.readiness import wait_until_ready

_NAME = "ministack"


def choose_address() -> str:
    return f"http://{HOST}:{free_port()}"


def start_at(address: str, directory: Path) -> None:
    """Start MiniStack with the state that it saved in this directory when it was last stopped."""
    process = start(
        (sys.executable, "-m", "ministack"),
        name=_NAME,
        directory=directory,
        environment=environment(directory, address) | _settings(address, directory),
    )

    wait_until_ready(
        process, lambda: fetch(f"{address}/_ministack/health"), name=_NAME, directory=directory
    )


def session() -> boto3.Session:
    """Return a session with credentials that no real account accepts.

    Give each client of the session MiniStack's address.
    """
    return boto3.Session(
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 (no secret)
        region_name=REGION,
    )


def _settings(address: str, directory: Path) -> dict[str, str]:
    return {
        "BIND_HOST": HOST,
        "GATEWAY_PORT": address.rpartition(":")[2],
        "MINISTACK_REGION": REGION,
        "LAMBDA_EXECUTOR": "local",
        # At INFO MiniStack would log each text and its phone number.
        "LOG_LEVEL": "WARNING",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(directory / "ministack"),
        "S3_DATA_DIR": str(directory / "ministack" / "s3"),
        # These two would listen on well-known ports, and on every address of this machine.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        # Without this MiniStack looks for a Docker engine and tidies up in it.
        "DOCKER_HOST": "unix:///nonexistent",
    }
