"""What the functions read from Secrets Manager and the SSM parameter store, cached when warm."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from aws_lambda_powertools.utilities import parameters

from absence_texts.database import Credentials, Database, Timeouts, connect
from absence_texts.settings import DatabaseSettings, PauseSettings

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

PAUSE_SEEN_WITHIN_SECONDS = 5
"""Until then texts still leave: at the account's rate, 20 a second by default, up to 100.

Each sender then still sends the text that it has begun.
"""
_TIMEOUTS = Timeouts()


class Sending(StrEnum):
    """The values of the parameter that pauses sending."""

    ON = "on"
    PAUSED = "paused"


@dataclass(frozen=True, kw_only=True)
class Switch:
    """The parameter that pauses sending, as it stands."""

    value: str
    changed_at: datetime


class SendingParameterError(Exception):
    """The parameter that pauses sending holds neither of its values."""


def open_database(
    settings: DatabaseSettings, *, timeouts: Timeouts = _TIMEOUTS, eager: bool = True
) -> "closing[Database]":
    """Connect with the secret's credentials; a rotated password is seen within five minutes.

    `eager` as in `connect`.
    """
    secret = parameters.get_secret(settings.database_secret_id, max_age=300)
    credentials = Credentials.from_secret(str(secret))
    connection = connect(
        credentials, timeouts=timeouts, tls_ca=settings.database_tls_ca, eager=eager
    )
    return closing(connection)


def sending_is_paused(settings: PauseSettings) -> bool:
    """Say whether ops have paused sending, at most PAUSE_SEEN_WITHIN_SECONDS late.

    Raises SendingParameterError for any other value: a mistyped one must not start sending.
    """
    name = settings.sending_parameter
    value = parameters.get_parameter(name, max_age=PAUSE_SEEN_WITHIN_SECONDS)
    try:
        return Sending(str(value)) is Sending.PAUSED
    except ValueError as error:
        raise SendingParameterError(
            f"SSM parameter {name} holds neither {Sending.ON} nor {Sending.PAUSED}: set either."
        ) from error


def read_switch(ssm: "SSMClient", name: str) -> Switch:
    """Return the parameter's value and since when it has it, not cached."""
    found = ssm.get_parameter(Name=name)["Parameter"]
    return Switch(value=found["Value"], changed_at=found["LastModifiedDate"])
