"""The stand-in passes the link's pages on to the API, as we expect of the portal's proxy."""

from urllib.parse import urlsplit

import pytest

from local.portal.server import Portal
from tests.integration.local_portal.visitor import ask


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "target",
    [
        "/recordabsencelink.aspx",
        "/RecordAbsenceLink.aspx/",
        "/recordabsencelink.aspx.",
        "/recordabsencelink.aspx%3Ffrom%3Dlogin",
        "/a%2C",
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


@pytest.mark.parametrize("path", ["/", "/ab", "/a-levels", "/a/b", "/recordabsencelink.aspxx"])
def test_no_other_page_is_passed_on(portal: Portal, path: str) -> None:
    assert ask(portal, path).status == 404
