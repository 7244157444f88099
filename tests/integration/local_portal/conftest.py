"""The stand-in portal, in front of an API that answers with what it was asked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer

import pytest

from absence_texts.clock import Clock
from absence_texts.database import Credentials
from local.loopback import HOST, free_port
from local.portal.server import Portal, PortalServer
from local.portal.sessions import Sessions
from local.running_stack import COLLEGE_ZONE
from tests.support.loopback_server import Handler, serving

SHIFTED = Clock(COLLEGE_ZONE, timedelta(minutes=90), lambda: datetime(2026, 7, 1, 9, 0, tzinfo=UTC))


class Api(Handler):
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


@pytest.fixture
def portal(credentials: Credentials) -> Iterator[Portal]:
    api = ThreadingHTTPServer((HOST, 0), Api)
    api_address = f"http://abc123.execute-api.localhost:{api.server_port}"
    portal = Portal(f"http://{HOST}:{free_port()}", api_address, Sessions(credentials, SHIFTED))
    with serving(api), serving(PortalServer(portal)):
        yield portal
