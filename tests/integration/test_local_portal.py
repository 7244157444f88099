"""The stand-in portal does what the real one is assumed to do, and sends nobody elsewhere."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPMessage
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlencode, urlsplit

import pytest

from absence_texts.clock import Clock
from absence_texts.database import Credentials, Database, fetch_one
from local.loopback import HOST, free_port
from local.portal.server import Portal, PortalServer
from local.portal.sessions import Sessions
from local.running_stack import COLLEGE_ZONE
from tests.college import College

SHIFTED = Clock(COLLEGE_ZONE, timedelta(minutes=90), lambda: datetime(2026, 7, 1, 9, 0, tzinfo=UTC))


@dataclass(frozen=True)
class Reply:
    status: int
    headers: HTTPMessage
    body: str


class Api(BaseHTTPRequestHandler):
    """Stands for the deployed API: tells what it was asked, and redirects."""

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


def test_it_says_that_it_is_a_stand_in_and_lists_the_guardians(
    portal: Portal, college: College
) -> None:
    college.guardian(name="Pat <b>Lee</b>")
    page = ask(portal, "/login.aspx").body
    assert "stand-in" in page
    assert "Pat &lt;b&gt;Lee&lt;/b&gt;" in page


def test_a_session_is_kept_as_the_hash_of_its_cookie_until_half_an_hour_of_college_time(
    portal: Portal, college: College, database: Database
) -> None:
    guardian = college.guardian()
    reply = log_in(portal, guardian)
    token = cookie_of(reply).removeprefix("portal_session=")
    assert reply.status == 302
    assert fetch_one(database, "SELECT * FROM portal_sessions", {}) == {
        "token_sha256": hashlib.sha256(token.encode()).hexdigest(),
        "guardian_id": guardian,
        "expires_at": datetime(2026, 7, 1, 12, 0),
        "revoked_at": None,
    }


@pytest.mark.parametrize(
    "back", ["/recordabsencelink.aspx", "{portal}/recordabsencelink.aspx", "/a?x=1"]
)
def test_login_returns_to_an_address_of_its_own(
    portal: Portal, college: College, back: str
) -> None:
    back = back.format(portal=portal.address)
    assert log_in(portal, college.guardian(), back=back).headers["Location"] == back


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: portal_session=forged",
        "{portal}.evil.example/",
        "{portal}@evil.example/",
    ],
)
def test_login_sends_nobody_elsewhere(portal: Portal, college: College, back: str) -> None:
    reply = log_in(portal, college.guardian(), back=back.format(portal=portal.address))
    assert reply.status == 400
    assert "Location" not in reply.headers


@pytest.mark.parametrize("guardian", ["", "99", "x", "1 OR 1"])
def test_an_unknown_guardian_gets_no_session(portal: Portal, guardian: str) -> None:
    reply = ask(portal, "/login.aspx", method="POST", form=urlencode({"guardian": guardian}))
    assert reply.status == 400
    assert "Set-Cookie" not in reply.headers


def test_the_record_page_names_the_student_to_a_linked_guardian(
    portal: Portal, college: College
) -> None:
    student = college.student(reference="STE1", first_name="Ann", last_name="Lee")
    guardian = college.guardian()
    college.link(guardian, student)
    cookie = cookie_of(log_in(portal, guardian))
    page = ask(portal, "/recordabsence.aspx?student=STE1", cookie=cookie).body
    assert "Record an absence for Ann Lee" in page


def test_the_record_page_of_another_guardians_student_is_not_found(
    portal: Portal, college: College
) -> None:
    college.student(reference="STE1")
    cookie = cookie_of(log_in(portal, college.guardian()))
    assert ask(portal, "/recordabsence.aspx?student=STE1", cookie=cookie).status == 404


@pytest.mark.parametrize("cookie", ["", "portal_session=forged"])
def test_the_record_page_asks_who_you_are(portal: Portal, cookie: str) -> None:
    reply = ask(portal, "/recordabsence.aspx?student=STE1", cookie=cookie)
    assert reply.status == 302
    assert reply.headers["Location"] == (
        "/login.aspx?ReturnUrl=%2Frecordabsence.aspx%3Fstudent%3DSTE1"
    )


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "target",
    [
        "/recordabsencelink.aspx",
        "/RecordAbsenceLink.aspx/",
        "/recordabsencelink.aspx/select?x=1",
        "/a",
    ],
)
def test_the_links_pages_come_from_the_api_with_the_visitors_cookie(
    portal: Portal, method: str, target: str
) -> None:
    reply = ask(portal, target, method=method, cookie="portal_session=token")
    assert reply.status == 302
    assert reply.headers["Location"] == "/login.aspx"
    assert reply.headers["X-Asked"] == f"{method} {target}"
    assert reply.headers["X-Cookie"] == "portal_session=token"
    assert reply.headers["X-Host"] == urlsplit(portal.api_address).netloc
    assert reply.body == ("see the portal" if method == "GET" else "")


def test_no_other_page_is_passed_on(portal: Portal) -> None:
    assert ask(portal, "/recordabsencelink.aspx/other").status == 404


def test_a_visitor_with_a_strict_session_is_sent_back_from_login_at_once(
    portal: Portal, college: College
) -> None:
    form = urlencode({"guardian": college.guardian(), "strict": "on"})
    login = "/login.aspx?ReturnUrl=/a"
    session, known = ask(portal, login, method="POST", form=form).headers.get_all("Set-Cookie", [])
    assert session.endswith("SameSite=Strict")
    reply = ask(portal, login, cookie=known.partition(";")[0])
    assert (reply.status, reply.headers["Location"]) == (302, "/a")
    elsewhere = ask(portal, "/login.aspx?ReturnUrl=//evil.example/", cookie=known)
    assert elsewhere.status == 200
