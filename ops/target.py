"""The service that a command works on, and the local stack as one of them."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from absence_texts.database import Credentials
from absence_texts.settings import DatabaseSettings
from local import ministack
from local.processes import recorded
from local.running_stack import (
    DEFAULT_DIRECTORY,
    DEMO_DIRECTORY,
    RunningStack,
    StackDescriptionError,
    description_of,
)
from ops.identity import NOT_LONG, system_user
from ops.service import Service
from ops.stage_alarms import StageAlarms
from send_sms.settings import MobileSettings


class OpsSettings(MobileSettings, DatabaseSettings):
    """The settings of detection and of the sender that the commands depend on."""


class NoTargetError(Exception):
    """There is nothing to work on; the message says what to do."""


class Target(Protocol):
    """Reads each part when a command asks for it, because `pause` works without the database.

    Every property may raise NoTargetError.
    """

    @property
    def settings(self) -> OpsSettings: ...
    @property
    def credentials(self) -> Credentials: ...
    @property
    def service(self) -> Service: ...
    @property
    def operator(self) -> str:
        """Return who types the command."""
        ...


@dataclass(frozen=True)
class LocalStack:
    stack: RunningStack

    @classmethod
    def find(cls, directories: Sequence[Path] = (DEFAULT_DIRECTORY, DEMO_DIRECTORY)) -> Self:
        """Read the one of these stacks that runs; raises NoTargetError."""
        running = [each for each in directories if _has_processes(each)]
        if len(running) > 1:
            choices = " or ".join(f"--stack {os.path.relpath(each)}" for each in running)
            raise NoTargetError(f"{len(running)} local stacks run: name one with {choices}.")
        return cls.read(running[0] if running else directories[0])

    @classmethod
    def read(cls, directory: Path) -> Self:
        """Read the description of the stack that runs in a directory; raises NoTargetError."""
        try:
            return cls(RunningStack.read(description_of(directory)))
        except StackDescriptionError as error:
            raise NoTargetError(
                f"{error} For a stage on AWS, name the stage: --stage pilot."
            ) from None

    @property
    def settings(self) -> OpsSettings:
        return OpsSettings(
            stage="local",
            clock_offset_seconds=self.stack.clock_offset_seconds,
            accept_fictional_mobiles=True,
            database_secret_id="local",  # noqa: S106 (a name, which nothing reads)
        )

    @property
    def credentials(self) -> Credentials:
        return self.stack.credentials

    @property
    def service(self) -> Service:
        session, address = ministack.session(), self.stack.ministack_address
        return Service(
            ssm=session.client("ssm", endpoint_url=address),
            sqs=session.client("sqs", endpoint_url=address),
            logs=session.client("logs", endpoint_url=address),
            sending_parameter=self.stack.sending_parameter,
            queue_address=self.stack.queue_address,
            alarms=StageAlarms(
                cloudwatch=session.client("cloudwatch", endpoint_url=address, config=NOT_LONG),
                stage="local",
            ),
        )

    @property
    def operator(self) -> str:
        return system_user()


def _has_processes(directory: Path) -> bool:
    """Say whether anything of the stack runs: its database alone may be away."""
    return any(process.is_running() for process in recorded(directory).values())


def checked_settings(settings: OpsSettings) -> OpsSettings:
    """Return the settings; raises NoTargetError if their CA bundle is not on this machine."""
    bundle = settings.database_tls_ca
    if bundle and not Path(bundle).exists():
        raise NoTargetError(
            f"The database's certificate is checked against {bundle}, which is not on this machine:"
            " set DATABASE_TLS_CA to the path of that bundle on this machine."
        )
    return settings
