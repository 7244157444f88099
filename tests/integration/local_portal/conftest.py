"""The stand-in portal, in front of an API that answers with what it was asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from threading import Thread

import pytest

from absence_texts.clock import Clock
from absence_texts.database import Credentials
from local.loopback import HOST, free_port
from local.portal.server import Portal, PortalServer
from local.portal.sessions import Sessions
from local.running_stack import COLLEGE_ZONE

SHIFTED = Clock(COLLEGE_ZONE, timedelta(minutes=90), lambda: datetime(2026, 7, 1, 9, 0, tzinfo=UTC))


class Api(BaseHTTPRequestHandler):
    """A stand-in for the deployed API: it keeps what it was asked, and redirects."""

    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/login.aspx")
        self.send_header("X-Asked", f"{self.command} {self.path}")
        self.send_header("X-Host", self.headers["Host"])
        self.send_header("X-Cookie", self.headers.get("Cookie", ""))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(b"see the portal")

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
        """Say nothing."""


@contextmanager
def serving(server: HTTPServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def portal(credentials: Credentials) -> Iterator[Portal]:
    api = ThreadingHTTPServer((HOST, 0), Api)
    api_address = f"http://abc123.execute-api.localhost:{api.server_port}"
    portal = Portal(f"http://{HOST}:{free_port()}", api_address, Sessions(credentials, SHIFTED))
    with serving(api), serving(PortalServer(portal)):
        yield portal
