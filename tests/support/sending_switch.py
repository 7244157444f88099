"""The switch that pauses sending: a parameter in moto's Parameter Store, and its cached value."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import boto3
from aws_lambda_powertools.utilities.parameters.constants import DEFAULT_PROVIDERS
from moto import mock_aws

from tests.support.runs import COMMON


@contextmanager
def switched_on() -> Iterator[None]:
    """Turn the switch on, with nothing cached before and after."""
    with mock_aws():
        DEFAULT_PROVIDERS.clear()
        turn("on")
        yield
        DEFAULT_PROVIDERS.clear()


def turn(value: str) -> None:
    boto3.client("ssm").put_parameter(
        Name=COMMON["sending_parameter"], Value=value, Type="String", Overwrite=True
    )


def age_cached_values(seconds: float) -> None:
    """Make the cached values this much older."""
    store = DEFAULT_PROVIDERS["ssm"].store
    for key, kept in store.items():
        store[key] = kept._replace(ttl=kept.ttl - timedelta(seconds=seconds))
