"""A browser that follows every redirect: after login there is a way on, whatever it sends."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absence_redirect.destination import Session
from absence_redirect.responses import Response
from tests.support.link import LINK, TOKEN, a_session, a_student, follow, request

RECORD_PAGE = "/recordabsence.aspx"

type Encoding = Callable[[str], str]

ENCODINGS: dict[str, Encoding] = {
    "as it is": str,
    "query encoded": lambda url: f"{LINK}?{quote(urlsplit(url).query)}",
    "query encoded twice": lambda url: f"{LINK}?{quote(quote(urlsplit(url).query))}",
    "question mark encoded": lambda url: f"{LINK}{quote('?' + urlsplit(url).query)}",
    "capitals": lambda url: url.upper(),
    "a parameter before": lambda url: url.replace("?", "?lang=en&"),
    "a parameter after": lambda url: f"{url}&lang=en",
    "a second question mark": lambda url: f"{url}?lang=en",
    "encoded for HTML": lambda url: url.replace("?", "?lang=en&amp;"),
}
COOKIES = st.lists(
    st.sampled_from([f"portal_session={TOKEN}", f'portal_session="{TOKEN}"', "portal_session=old",
                     "portal_session=", "portal_session=k3 Vd7", "theme=dark"]),
    max_size=3,
)  # fmt: skip
SESSIONS = st.sampled_from(
    [None, a_session(), a_session(a_student()), a_session(a_student(1), a_student(2)),
     a_session(a_student(), guardian_is_active=False)]
)  # fmt: skip


@dataclass
class Browser:
    """Follows redirects as a browser does, and logs in at once wherever it is asked to."""

    cookies: list[str]
    session: Session | None
    encoding: Encoding
    logins: int = 0

    def open(self, url: str) -> Response | str:
        """Return the page that ends the redirects, or the portal's record page's address."""
        answer = self._ask(url)
        while answer["statusCode"] == 302:
            url = answer["headers"]["Location"]
            if RECORD_PAGE in url:
                return url
            returns = parse_qs(urlsplit(url).query).get("ReturnUrl")
            if returns:
                self.logins += 1
                assert self.logins == 1, "a circle"
                url = self.encoding(returns[0])
            answer = self._ask(url)
        return answer

    def _ask(self, url: str) -> Response:
        parts = urlsplit(url)
        asked = request(parts.path, query=parts.query, cookies=self.cookies)
        return follow(asked, self.session)


@pytest.mark.parametrize("encoding", ENCODINGS.values(), ids=ENCODINGS)
@given(cookies=COOKIES, session=SESSIONS)
def test_one_login_and_one_tap_lead_to_the_record_page_or_the_number(
    encoding: Encoding, cookies: list[str], session: Session | None
) -> None:
    browser = Browser(cookies, session, encoding)
    seen = browser.open(LINK)
    if not isinstance(seen, str) and "Continue</a>" in seen["body"]:
        seen = browser.open(f"{LINK}?from=continue")
    if not isinstance(seen, str):
        assert "Continue</a>" not in seen["body"]
        assert "tel:01632960000" in seen["body"]
