"""Which service the tool works on: the local stack, or a deployed stage."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from absence_texts.database import Credentials, SecretError
from absence_texts.settings import CollegeSettings, DatabaseSettings

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_secretsmanager import SecretsManagerClient

STACK = Path(__file__).parent.parent / ".local" / "stack.json"


class OpsSettings(CollegeSettings, DatabaseSettings):
    """The settings that detection has, as far as this tool asks for them."""


class NoTargetError(Exception):
    """Nothing to work on; the message says what to do."""


@dataclass(frozen=True)
class Target:
    credentials: Credentials
    settings: OpsSettings


def local_stack_facts(stack: Path) -> dict[str, Any]:
    """Read what the local stack says of itself; raises NoTargetError when none is running."""
    try:
        facts: dict[str, Any] = json.loads(stack.read_text())
    except FileNotFoundError:
        raise NoTargetError(
            "No local stack is running: start one with `make up`, or name a deployed stage's"
            " detection function with --function."
        ) from None
    except ValueError:
        raise NoTargetError(
            f"{stack} is damaged: make the local stack anew with `make down` and `make up`."
        ) from None
    return facts


def local_target(stack: Path = STACK) -> Target:
    """Read where the local stack's database is; raises NoTargetError when none is running."""
    facts = local_stack_facts(stack)
    database = facts["database"]
    return Target(
        Credentials(
            host=database["host"],
            port=database["port"],
            username=database["user"],
            password=database["password"],
            dbname=database["name"],
        ),
        OpsSettings(
            stage="local",
            clock_offset_seconds=facts["clock_offset_seconds"],
            database_secret_id="local",  # noqa: S106 (a name, and one that nothing reads)
        ),
    )


def target_of_function(
    name: str,
    functions: "LambdaClient",
    secrets: "SecretsManagerClient",
    *,
    secret_id: str | None = None,
) -> Target:
    """Read a deployed detection function's own settings, and the secret that they name.

    What this machine does otherwise wins: a variable of this process over the function's, and
    `secret_id`, another user's secret, over the one named. Raises NoTargetError, as when the
    function's CA bundle is not on this machine.
    """
    configuration = functions.get_function_configuration(FunctionName=name)
    variables = configuration.get("Environment", {}).get("Variables", {})
    settings = OpsSettings.model_validate(_but_for(os.environ, variables))
    _check_ca_bundle(settings.database_tls_ca)
    return Target(_credentials(secret_id or settings.database_secret_id, secrets), settings)


def target_of_secret(name: str, secrets: "SecretsManagerClient") -> Target:
    """Read a secret; further settings come from this process's environment, or are the defaults."""
    values: dict[str, Any] = {"stage": "live", "database_secret_id": name}
    settings = OpsSettings(**values)
    _check_ca_bundle(settings.database_tls_ca)
    return Target(_credentials(name, secrets), settings)


def _credentials(secret_id: str, secrets: "SecretsManagerClient") -> Credentials:
    secret = secrets.get_secret_value(SecretId=secret_id).get("SecretString", "")
    try:
        return Credentials.from_secret(secret)
    except SecretError as error:
        raise NoTargetError(f"{secret_id}: {error}") from None


def _but_for(ours: Mapping[str, str], variables: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that these variables name, without those that are in `ours`."""
    return {name.lower(): value for name, value in variables.items() if name not in ours}


def _check_ca_bundle(path: str | None) -> None:
    if path and not Path(path).exists():
        raise NoTargetError(
            f"The database's certificate is checked against {path}, which is not on this machine:"
            " set DATABASE_TLS_CA to the path of that bundle here."
        )
