"""The stand-in's login does what we expect of the portal's, and redirects to no other site."""

import hashlib
from datetime import datetime
from urllib.parse import urlencode

import pytest

from absence_texts.database import Database, fetch_one
from local.portal.server import Portal
from tests.integration.local_portal.visitor import ask, cookie_of, log_in
from tests.support.college import College


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
