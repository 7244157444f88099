"""What a request says, and how little of it is believed."""

import pytest

from absence_redirect.destination import Arrival
from absence_redirect.visit import Route, Visit, read_visit
from tests.support.link import TOKEN, request, sha256

LONGEST = "k" * 4096


def visit(path: str = "/a", *, method: str = "GET", query: str = "") -> Visit:
    event = request(path, method=method, query=query)
    return read_visit(event, cookie_name="portal_session")


def visit_with(*cookies: str) -> Visit:
    return read_visit(request(cookies=list(cookies)), cookie_name="portal_session")


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/recordabsencelink.aspx", Route.LINK),
        ("/RecordAbsenceLink.aspx", Route.LINK),
        ("/recordabsencelink.aspx/", Route.LINK),
        ("/a", Route.LINK),
        ("/A/", Route.LINK),
        ("/recordabsencelink.aspx/select", Route.SELECT),
        ("/a/select", Route.UNKNOWN),
        ("/", Route.UNKNOWN),
        ("//evil.example", Route.UNKNOWN),
        ("/recordabsencelink.aspx/../../etc/passwd", Route.UNKNOWN),
        ("/recordabsencelink.aspx\r\nSet-Cookie: a=b", Route.UNKNOWN),
        ("/recordabsencelink.aspx.bak", Route.UNKNOWN),
        ("/ab", Route.UNKNOWN),
        ("", Route.UNKNOWN),
    ],
)
def test_three_paths_have_a_meaning(path: str, route: Route) -> None:
    assert visit(path).route is route


@pytest.mark.parametrize(
    "appended",
    [*".,;:!)]}>*_'\"&", "...", ").", "/.", "/", "’", "”", "…", "\u200b", "\xa0", "\n", " ",
     "%2e", "%2E", "%2C", "%29", "%22", "%27", "%3E", "%e2%80%9d", "%252e", "%20", "%00"],
)  # fmt: skip
def test_what_phones_append_to_an_address_is_forgiven(appended: str) -> None:
    assert visit(f"/recordabsencelink.aspx{appended}").route is Route.LINK
    assert visit(f"/a{appended}").route is Route.LINK
    assert visit(f"/RecordAbsenceLink.ASPX/Select{appended}").route is Route.SELECT


@pytest.mark.parametrize(
    ("method", "allowed", "body"),
    [("GET", True, True), ("HEAD", True, False), ("POST", False, True), ("get", False, True)],
)
def test_get_and_head_are_allowed(method: str, *, allowed: bool, body: bool) -> None:
    read = visit(method=method)
    assert (read.method_is_allowed, read.wants_body) == (allowed, body)


@pytest.mark.parametrize(
    ("query", "arrival"),
    [
        ("", Arrival.TEXT),
        ("from=login", Arrival.LOGIN),
        ("utm=x&from=login", Arrival.LOGIN),
        ("from=login&lang=en", Arrival.LOGIN),
        ("from=LOGIN", Arrival.LOGIN),
        ("From=Login", Arrival.LOGIN),
        ("from%3Dlogin", Arrival.LOGIN),
        ("from%3dLOGIN", Arrival.LOGIN),
        ("from%253Dlogin", Arrival.LOGIN),
        ("%66rom=log%69n", Arrival.LOGIN),
        ("x=1&amp;from=login", Arrival.LOGIN),
        ("x=1%26from%3Dlogin", Arrival.LOGIN),
        ("from=login?lang=en", Arrival.LOGIN),
        ("from=login.", Arrival.LOGIN),
        ("from=continue", Arrival.CONTINUE),
        ("from=continue&from=login", Arrival.CONTINUE),
        ("from=login&from=continue", Arrival.CONTINUE),
        ("from=logins", Arrival.TEXT),
        ("xfrom=login", Arrival.TEXT),
        ("utm_from=login", Arrival.TEXT),
        ("from=log-in", Arrival.TEXT),
        ("from=", Arrival.TEXT),
    ],
)
def test_the_marker_tells_where_a_visitor_comes_from(query: str, arrival: Arrival) -> None:
    assert visit(query=query).arrival is arrival


@pytest.mark.parametrize("query", ["%3Ffrom%3Dlogin", "%3ffrom=login", "%253Ffrom%253Dlogin"])
def test_a_query_that_the_portal_made_a_part_of_the_path_is_read(query: str) -> None:
    read = visit(f"/recordabsencelink.aspx{query}")
    assert (read.route, read.arrival) == (Route.LINK, Arrival.LOGIN)


@pytest.mark.parametrize(
    "cookies",
    [
        ["portal_session=k3-Vd7_8aZ"],
        ["theme=dark", "portal_session=k3-Vd7_8aZ"],
        [" portal_session=k3-Vd7_8aZ "],
        ["theme=dark; portal_session=k3-Vd7_8aZ"],
        ["portal_session=k3-Vd7_8aZ", "portal_session=k3-Vd7_8aZ"],
        ["portal_session=k3-Vd7_8aZ", "portal_session=k3 Vd7"],
        ["portal_session=k3-Vd7_8aZ", "portal_session="],
    ],
)
def test_the_session_cookie_is_known_by_its_sha256(cookies: list[str]) -> None:
    assert visit_with(*cookies).session_sha256s == {sha256(TOKEN)}


def test_each_of_several_cookies_may_be_the_sessions() -> None:
    read = visit_with(f"portal_session={TOKEN}", "portal_session=other")
    assert read.session_sha256s == {sha256(TOKEN), sha256("other")}


def test_a_cookie_in_quotes_is_read_with_and_without_them() -> None:
    quoted = f'"{TOKEN}"'
    read = visit_with(f"portal_session={quoted}")
    assert read.session_sha256s == {sha256(quoted), sha256(TOKEN)}


@pytest.mark.parametrize(
    "cookies",
    [
        [],
        ["theme=dark"],
        ["portal_session"],
        ["portal_session="],
        ["PORTAL_SESSION=k3-Vd7_8aZ"],
        ['portal_session="'],
        ['portal_session=""'],
        ['portal_session="k3-Vd7_8aZ'],
        ["portal_session=k3 Vd7"],
        ["portal_session=k3\r\nSet-Cookie: a=b"],
        ["portal_session=k3,Vd7"],
        ["portal_session=ké"],
        ["portal_session=k3\x00"],
        ["portal_session=" + "k" * 8192],
        [f"portal_session={number}" for number in range(200)],
    ],
)
def test_cookies_that_are_missing_malformed_oversized_or_absurdly_many_are_not_logged_in(
    cookies: list[str],
) -> None:
    assert visit_with(*cookies).session_sha256s == frozenset()


def test_the_longest_cookie_that_browsers_keep_is_read() -> None:
    assert visit_with(f"portal_session={LONGEST}").session_sha256s == {sha256(LONGEST)}


def test_a_server_that_leaves_cookies_in_their_header_is_understood() -> None:
    event = request(headers={"cookie": f"theme=dark; portal_session={TOKEN}"})
    del event["cookies"]
    read = read_visit(event, cookie_name="portal_session")
    assert read.session_sha256s == {sha256(TOKEN)}
