"""The account that a stage is deployed to, as `preflight` asks it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from infra.stages.stage import Stage

_THERE_IS_NONE = frozenset(
    {"ResourceNotFoundException", "ParameterNotFound", "NoSuchEntity", "NotFoundException"}
)


@dataclass(frozen=True, kw_only=True)
class Account:
    stage: Stage
    account_id: str
    client: Callable[[str], Any]
    """Returns boto3's client of a service in the stage's region."""
    stack_status: str | None
    """CloudFormation's word; none if there is no stack."""
    outputs: Mapping[str, str]
    """Of the stack, by name; none until a deployment came to its end."""

    @property
    def is_deployed(self) -> bool:
        return bool(self.outputs)


def unless_missing[T](ask: Callable[[], T]) -> T | None:
    """Return AWS's answer, or none if AWS says that there is no such thing."""
    try:
        return ask()
    except ClientError as error:
        if error.response["Error"]["Code"] in _THERE_IS_NONE:
            return None
        raise


def pages(client: Any, operation: str, **words: Any) -> list[Any]:  # noqa: ANN401 (boto3's)
    """Return every page of an answer."""
    return list(client.get_paginator(operation).paginate(**words))
