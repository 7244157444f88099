"""The portal's reverse-proxy rule, which serves the link's pages at the portal's own address.

Only there does the browser send the guardian's session cookie, as in the live portal. The rule is
that of docs/portal-contract.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import unquote, urlsplit

_PATHS = re.compile(
    r"/(recordabsencelink\.aspx([^a-z0-9].*)?|a[^a-z0-9]*)", re.IGNORECASE | re.DOTALL
)
_PASSED_ON = ("Cookie", "User-Agent", "Accept", "Accept-Language", "Sec-Fetch-Site")
# These describe the connection to the API, not the one to the browser.
_NOT_PASSED_BACK = {"connection", "content-length", "date", "server", "transfer-encoding"}
_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def passes_on(path: str) -> bool:
    """Say whether the path is the link's, in any case and with whatever phones append to it."""
    return _PATHS.fullmatch(unquote(path)) is not None


def ask(api_address: str, method: str, target: str, headers: Mapping[str, str]) -> Answer:
    """Pass a request on to the API and return its answer."""
    api = urlsplit(api_address)
    passed_on = {name: headers[name] for name in _PASSED_ON if name in headers}
    # Not every resolver knows the API's host, a name under `localhost`.
    connection = HTTPConnection("127.0.0.1", api.port, timeout=_SECONDS)
    try:
        connection.request(method, target, headers=passed_on | {"Host": api.netloc})
        reply = connection.getresponse()
        kept = (pair for pair in reply.getheaders() if pair[0].lower() not in _NOT_PASSED_BACK)
        return Answer(reply.status, tuple(kept), reply.read())
    finally:
        connection.close()
