"""The stand-in's login does what we expect of the portal's, and redirects to no other site."""

import hashlib
import re
from datetime import datetime
from urllib.parse import urlencode

import pytest

from absence_texts.database import Database, fetch_one
from absence_texts.identifiers import GuardianId
from local.portal.guardian_search import MOST_OFFERED
from local.portal.server import COOKIE, Portal, phone_address
from tests.integration.local_portal.visitor import ask, cookie_of, log_in
from tests.support.college import College


def offered(page: str) -> list[str]:
    """Return the ids of the guardians whom a visitor may log in as."""
    return re.findall('name="guardian" value="(.+?)"', page)


def test_it_says_that_it_is_a_stand_in_and_offers_the_guardians(
    portal: Portal, college: College
) -> None:
    guardian = college.guardian(name="Pat <b>Lee</b>")
    page = ask(portal, "/login.aspx").body
    assert "stand-in" in page
    assert "Pat &lt;b&gt;Lee&lt;/b&gt;" in page
    assert offered(page) == [str(guardian)]


@pytest.mark.parametrize("words", ["lee", "Ada", "STE77", "{id}"])
def test_a_guardian_is_found_by_name_by_student_and_by_account(
    portal: Portal, college: College, words: str
) -> None:
    for _ in range(MOST_OFFERED):
        college.guardian(name="Aaron")
    guardian = college.guardian(name="Pat Lee")
    college.link(guardian, college.student(first_name="Ada", reference="STE77"))
    assert str(guardian) not in offered(ask(portal, "/login.aspx").body)
    searched = urlencode({"words": words.format(id=guardian), "ReturnUrl": "/a"})
    page = ask(portal, f"/login.aspx?{searched}").body
    assert offered(page)[0] == str(guardian)
    assert 'value="/a"' in page


def test_the_guardian_whose_link_was_tapped_is_offered_first(
    portal: Portal, college: College
) -> None:
    college.guardian(name="Aaron")
    owner = college.guardian(name="Zoe")
    tap = ask(portal, phone_address("", owner))
    assert (tap.status, tap.headers["Location"]) == (302, "/recordabsencelink.aspx")
    page = ask(portal, "/login.aspx", cookie=cookie_of(tap)).body
    assert offered(page)[0] == str(owner)


def test_on_another_guardians_phone_nobody_is_logged_in(portal: Portal, college: College) -> None:
    guardian, other = college.guardian(), college.guardian()
    session = cookie_of(log_in(portal, guardian))

    def cookies_after_tap(owner: GuardianId) -> list[str]:
        tap = ask(portal, phone_address("", owner), cookie=session)
        return [each.partition("=")[0] for each in tap.headers.get_all("Set-Cookie", [])]

    assert COOKIE not in cookies_after_tap(guardian)
    assert COOKIE in cookies_after_tap(other)


def test_logout_ends_the_session_and_leads_back(
    portal: Portal, college: College, database: Database
) -> None:
    session = cookie_of(log_in(portal, college.guardian()))
    reply = ask(portal, "/logout.aspx?ReturnUrl=/a", cookie=session)
    assert (reply.status, reply.headers["Location"]) == (302, "/a")
    row = fetch_one(database, "SELECT revoked_at FROM portal_sessions", {})
    assert row == {"revoked_at": datetime(2026, 7, 1, 11, 30)}
    assert ask(portal, "/logout.aspx?ReturnUrl=//evil.example/", cookie=session).status == 400


def test_a_phone_of_nobody_is_not_found(portal: Portal) -> None:
    assert ask(portal, "/phone?guardian=").status == 404


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
