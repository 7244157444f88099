"""A stand-in for CloudFormation, which calls a function during a deployment."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any


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
    class Answers(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            waiting.answers.append(json.loads(body))
            waiting.sizes.append(len(body))
            waiting.content_types.append(self.headers["Content-Type"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        waiting = CloudFormation(f"http://127.0.0.1:{server.server_port}/answer?signature=x")
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield waiting
        server.shutdown()
        thread.join()
