"""The service that a command works on: the local stack, a deployed stage, or a database alone."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

import boto3

from absence_texts.database import Credentials, SecretError
from absence_texts.settings import CollegeSettings, DatabaseSettings
from local import ministack
from local.processes import recorded
from local.running_stack import (
    DEFAULT_DIRECTORY,
    DEMO_DIRECTORY,
    RunningStack,
    StackDescriptionError,
    description_of,
)
from ops.identity import aws_identity, system_user
from ops.service import Service


class OpsSettings(CollegeSettings, DatabaseSettings):
    """The settings of detection that the commands depend on."""


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
                f"{error} For a deployed stage, name its detection function with --function."
            ) from None

    @property
    def settings(self) -> OpsSettings:
        return OpsSettings(
            stage="local",
            clock_offset_seconds=self.stack.clock_offset_seconds,
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
            sending_parameter=self.stack.sending_parameter,
            queue_address=self.stack.queue_address,
        )

    @property
    def operator(self) -> str:
        return system_user()


@dataclass(frozen=True, kw_only=True)
class DeployedFunction:
    """A stage's detection function, whose configuration names the rest of the stage."""

    variables: Mapping[str, str]
    session: boto3.Session
    secret_id: str | None = None
    """Another user's database secret, to use instead of the function's own."""

    @classmethod
    def read(
        cls, name: str, session: boto3.Session, *, secret_id: str | None = None
    ) -> "DeployedFunction":
        """Read the function's environment variables; raises NoTargetError for another function."""
        configuration = session.client("lambda").get_function_configuration(FunctionName=name)
        variables = configuration.get("Environment", {}).get("Variables", {})
        if "QUEUE_URL" not in variables:
            raise NoTargetError(
                f"{name} is not a detection function: its name is the stack's output"
                " DetectAbsencesFunction."
            )
        return cls(variables=variables, session=session, secret_id=secret_id)

    @property
    def settings(self) -> OpsSettings:
        """The function's settings; an environment variable of this process overrides each."""
        theirs = {
            name.lower(): value for name, value in self.variables.items() if name not in os.environ
        }
        return _checked(OpsSettings.model_validate(theirs))

    @property
    def credentials(self) -> Credentials:
        return _read_secret(self.session, self.secret_id or self.settings.database_secret_id)

    @property
    def service(self) -> Service:
        return Service(
            ssm=self.session.client("ssm"),
            sqs=self.session.client("sqs"),
            sending_parameter=self.variables["SENDING_PARAMETER"],
            queue_address=self.variables["QUEUE_URL"],
        )

    @property
    def operator(self) -> str:
        return aws_identity(self.session)


@dataclass(frozen=True)
class DatabaseAlone:
    """A database secret; the settings are this process's environment variables, or defaults."""

    secret_id: str
    session: boto3.Session

    @property
    def settings(self) -> OpsSettings:
        values: dict[str, Any] = {"stage": "live", "database_secret_id": self.secret_id}
        return _checked(OpsSettings(**values))

    @property
    def credentials(self) -> Credentials:
        return _read_secret(self.session, self.secret_id)

    @property
    def service(self) -> Service:
        raise NoTargetError(
            "This command works on a deployed stage: name its detection function with --function."
        )

    @property
    def operator(self) -> str:
        return aws_identity(self.session)


def _has_processes(directory: Path) -> bool:
    """Say whether anything of the stack runs: its database alone may be away."""
    return any(process.is_running() for process in recorded(directory).values())


def _read_secret(session: boto3.Session, secret_id: str) -> Credentials:
    answer = session.client("secretsmanager").get_secret_value(SecretId=secret_id)
    try:
        return Credentials.from_secret(answer.get("SecretString", ""))
    except SecretError as error:
        raise NoTargetError(f"{secret_id}: {error}") from None


def _checked(settings: OpsSettings) -> OpsSettings:
    bundle = settings.database_tls_ca
    if bundle and not Path(bundle).exists():
        raise NoTargetError(
            f"The database's certificate is checked against {bundle}, which is not on this machine:"
            " set DATABASE_TLS_CA to the path of that bundle on this machine."
        )
    return settings
