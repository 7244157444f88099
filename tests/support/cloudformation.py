"""A stand-in for CloudFormation, which calls a function during a deployment."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.support import loopback_server
from tests.support.loopback_server import Handler


@dataclass
class CloudFormation:
    """Sends an event and waits on loopback for the answer."""

    address: str
    answers: list[dict[str, str]] = field(default_factory=list)
    content_types: list[str | None] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def event(
        self,
        request: str,
        properties: Mapping[str, Any],
        before: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        event = {
            "RequestType": request,
            "ResponseURL": self.address,
            "StackId": "the-stack",
            "RequestId": "the-request",
            "LogicalResourceId": "TheResource",
            "ResourceProperties": dict(properties),
        }
        return event if before is None else event | {"OldResourceProperties": dict(before)}


@contextmanager
def listening() -> Iterator[CloudFormation]:
    waiting = CloudFormation("")

    class Answers(Handler):
        def do_PUT(self) -> None:
            body = self.read_body()
            waiting.sizes.append(len(body))
            waiting.answers.append(json.loads(body))
            waiting.content_types.append(self.headers["Content-Type"])
            self.answer(200)

    with loopback_server.listening(Answers) as address:
        waiting.address = f"{address}/answer?signature=x"
        yield waiting
