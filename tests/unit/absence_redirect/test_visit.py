"""What a request says, and how little of it is believed."""

import pytest

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
        ("/recordabsencelink.aspx/select", Route.SELECT),
        ("/a/select", Route.UNKNOWN),
        ("/", Route.UNKNOWN),
        ("//evil.example", Route.UNKNOWN),
        ("/recordabsencelink.aspx/../../etc/passwd", Route.UNKNOWN),
        ("/recordabsencelink.aspx\r\nSet-Cookie: a=b", Route.UNKNOWN),
    ],
)
def test_three_paths_have_a_meaning(path: str, route: Route) -> None:
    assert visit(path).route is route


@pytest.mark.parametrize(
    ("method", "allowed", "body"),
    [("GET", True, True), ("HEAD", True, False), ("POST", False, True), ("get", False, True)],
)
def test_get_and_head_are_allowed(method: str, *, allowed: bool, body: bool) -> None:
    read = visit(method=method)
    assert (read.method_is_allowed, read.wants_body) == (allowed, body)


@pytest.mark.parametrize(
    ("query", "from_login"),
    [
        ("", False),
        ("from=login", True),
        ("utm=x&from=login", True),
        ("from=logins", False),
        ("xfrom=login", False),
        ("from=LOGIN", False),
    ],
)
def test_the_marker_tells_who_comes_back_from_login(query: str, *, from_login: bool) -> None:
    assert visit(query=query).from_login is from_login


@pytest.mark.parametrize(
    "cookies",
    [
        ["portal_session=k3-Vd7_8aZ"],
        ["theme=dark", "portal_session=k3-Vd7_8aZ"],
        [" portal_session=k3-Vd7_8aZ "],
    ],
)
def test_the_session_cookie_is_known_by_its_sha256(cookies: list[str]) -> None:
    assert visit_with(*cookies).session_sha256 == sha256(TOKEN)


@pytest.mark.parametrize(
    "cookies",
    [
        [],
        ["theme=dark"],
        ["portal_session"],
        ["portal_session="],
        ["PORTAL_SESSION=k3-Vd7_8aZ"],
        ['portal_session="k3-Vd7_8aZ"'],
        ["portal_session=k3 Vd7"],
        ["portal_session=k3\r\nSet-Cookie: a=b"],
        ["portal_session=k3,Vd7"],
        ["portal_session=ké"],
        ["portal_session=k3\x00"],
        ["portal_session=" + "k" * 8192],
        ["portal_session=k3-Vd7_8aZ", "portal_session=k3-Vd7_8aZ"],
        ["portal_session=k3-Vd7_8aZ", "portal_session=other"],
    ],
)
def test_a_missing_malformed_oversized_or_repeated_cookie_is_not_logged_in(
    cookies: list[str],
) -> None:
    assert visit_with(*cookies).session_sha256 is None


def test_the_longest_cookie_that_browsers_keep_is_read() -> None:
    assert visit_with(f"portal_session={LONGEST}").session_sha256 == sha256(LONGEST)


def test_a_server_that_leaves_cookies_in_their_header_is_understood() -> None:
    event = request(headers={"cookie": f"theme=dark; portal_session={TOKEN}"})
    del event["cookies"]
    assert read_visit(event, cookie_name="portal_session").session_sha256 == sha256(TOKEN)
