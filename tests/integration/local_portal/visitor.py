"""A visitor's browser at the stand-in portal."""

from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urlencode, urlsplit

from local.portal.server import Portal


@dataclass(frozen=True)
class Reply:
    status: int
    headers: HTTPMessage
    body: str


def ask(
    portal: Portal, target: str, *, method: str = "GET", cookie: str = "", form: str | None = None
) -> Reply:
    connection = HTTPConnection(urlsplit(portal.address).netloc, timeout=10)
    try:
        connection.request(method, target, body=form, headers={"Cookie": cookie})
        reply = connection.getresponse()
        return Reply(reply.status, reply.headers, reply.read().decode())
    finally:
        connection.close()


def log_in(portal: Portal, guardian: int, *, back: str = "/recordabsencelink.aspx") -> Reply:
    target = f"/login.aspx?{urlencode({'ReturnUrl': back})}"
    return ask(portal, target, method="POST", form=urlencode({"guardian": guardian}))


def cookie_of(reply: Reply) -> str:
    return reply.headers["Set-Cookie"].partition(";")[0]
