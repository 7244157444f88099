"""A stand-in for SNS on loopback, which keeps what it accepts and fails as a test decides."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs

from tests.support.faults import Fault
from tests.support.loopback_server import HOST, Handler, serving

_NO_LINGER = struct.pack("ii", 1, 0)
_ERRORS = {
    Fault.ACCEPTED_THEN_500: (500, "InternalError"),
    Fault.ANSWERS_500: (500, "InternalError"),
    Fault.THROTTLED: (400, "Throttling"),
    Fault.INVALID_NUMBER: (400, "InvalidParameter"),
    Fault.OPTED_OUT: (400, "OptedOut"),
}
_ACCEPTS = {None, Fault.ANSWER_LOST, Fault.ACCEPTED_THEN_HANGS, Fault.ACCEPTED_THEN_500}


@dataclass(frozen=True)
class Publish:
    mobile: str
    message: str
    message_id: str


@dataclass
class SnsStandIn:
    """Keeps each accepted publish; a fault is for the next request only."""

    endpoint_url: str = ""
    accepted: list[Publish] = field(default_factory=list)
    next_fault: Fault | None = None
    connections: int = 0

    def take(self, form: dict[str, list[str]]) -> tuple[Publish, Fault | None]:
        fault, self.next_fault = self.next_fault, None
        publish = Publish(
            form["PhoneNumber"][0], form["Message"][0], f"message-{len(self.accepted) + 1}"
        )
        if fault in _ACCEPTS:
            self.accepted.append(publish)
        return publish, fault


class _Handler(Handler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm: ClassVar[bool] = True

    def __init__(self, sns: SnsStandIn, *arguments: object) -> None:
        self._sns = sns
        sns.connections += 1
        super().__init__(*arguments)  # type: ignore[arg-type]  # socketserver's own three

    def do_POST(self) -> None:
        publish, fault = self._sns.take(parse_qs(self.read_body().decode()))
        match fault:
            case Fault.CONNECTION_LOST | Fault.ANSWER_LOST:
                self._reset()
            case Fault.HANGS | Fault.ACCEPTED_THEN_HANGS:
                self._wait_until_the_client_gives_up()
            case None:
                self._answer_xml(
                    200,
                    f"<PublishResponse><PublishResult><MessageId>{publish.message_id}"
                    "</MessageId></PublishResult></PublishResponse>",
                )
            case _:
                status, code = _ERRORS[fault]
                self._answer_xml(
                    status,
                    f"<ErrorResponse><Error><Code>{code}</Code>"
                    f"<Message>{publish.mobile}</Message></Error></ErrorResponse>",
                )

    def _answer_xml(self, status: int, body: str) -> None:
        self.answer(status, body.encode(), Content_Type="text/xml")

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self.close_connection = True

    def _wait_until_the_client_gives_up(self) -> None:
        self.rfile.read(1)
        self.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close the socket at once, so that the client sees a reset."""
        self.close_request(request)


@contextmanager
def running_sns() -> Iterator[SnsStandIn]:
    sns = SnsStandIn()
    server = _Server((HOST, 0), partial(_Handler, sns))
    sns.endpoint_url = f"http://{HOST}:{server.server_port}"
    with serving(server):
        yield sns


@contextmanager
def nobody_listening() -> Iterator[str]:
    """Reserve a port that refuses every connection, and yield its address."""
    with socket.socket() as bound:
        bound.bind((HOST, 0))
        yield f"http://{HOST}:{bound.getsockname()[1]}"
