"""AWS's services, each with the answers that a test gives it."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import boto3
from botocore.stub import Stubber

from infra.stages.stage import Stage
from infra.stages.values import LIVE
from ops.preflight.account import Account
from ops.preflight.answer import Answer, Sign

ACCOUNT = "123456789012"
STAGE = replace(LIVE, account=ACCOUNT, spend_limit_usd=500)
IDENTITY = {"UserId": "AROAEXAMPLE", "Account": ACCOUNT, "Arn": f"arn:aws:sts::{ACCOUNT}:root"}


class Aws:
    """Clients of AWS's services, each with its answers in order."""

    def __init__(self, close: ExitStack) -> None:
        self._close = close
        self._stubbers: dict[str, tuple[Any, Stubber]] = {}

    def client(self, service: str) -> Any:  # noqa: ANN401 (boto3's)
        if service not in self._stubbers:
            client: Any = boto3.client(service, region_name=STAGE.region)  # type: ignore[call-overload]  # any
            stubber = Stubber(client)
            self._close.enter_context(stubber)
            self._stubbers[service] = client, stubber
        return self._stubbers[service][0]

    def answers(
        self, service: str, operation: str, answer: dict[str, Any], **asked: object
    ) -> None:
        self.client(service)
        self._stubbers[service][1].add_response(operation, answer, asked or None)

    def refuses(self, service: str, operation: str, code: str, says: str = "") -> None:
        self.client(service)
        self._stubbers[service][1].add_client_error(operation, code, says)


def ask(
    question: Callable[[Account], Iterable[Answer]],
    aws: Aws,
    *,
    stage: Stage = STAGE,
    outputs: Mapping[str, str] = MappingProxyType({}),
) -> list[tuple[Sign, str]]:
    account = Account(
        stage=stage,
        account_id=ACCOUNT,
        client=aws.client,
        stack_status=None,
        outputs=outputs,
    )
    return [(each.sign, each.says) for each in question(account)]
