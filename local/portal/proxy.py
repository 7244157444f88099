"""The portal's reverse-proxy rule: the link's pages, served under the portal's own address.

So a guardian's session cookie reaches them, as it does in the live portal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

LINK = "/recordabsencelink.aspx"
_PATHS = (LINK, f"{LINK}/select", "/a")
_PASSED_ON = ("Cookie", "User-Agent", "Accept", "Accept-Language", "Sec-Fetch-Site")
# They speak of the connection to the API, not of the one to the browser.
_NOT_PASSED_BACK = {"connection", "content-length", "date", "server", "transfer-encoding"}
_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def passes_on(path: str) -> bool:
    """Take any case and a final slash, as the portal's Windows server does."""
    return path.lower().rstrip("/") in _PATHS


def ask(api_address: str, method: str, target: str, headers: Mapping[str, str]) -> Answer:
    """Pass a request on to the API and return its answer."""
    api = urlsplit(api_address)
    passed_on = {name: headers[name] for name in _PASSED_ON if name in headers}
    # Its host is a name under `localhost`, which not every resolver knows.
    connection = HTTPConnection("127.0.0.1", api.port, timeout=_SECONDS)
    try:
        connection.request(method, target, headers=passed_on | {"Host": api.netloc})
        reply = connection.getresponse()
        kept = (pair for pair in reply.getheaders() if pair[0].lower() not in _NOT_PASSED_BACK)
        return Answer(reply.status, tuple(kept), reply.read())
    finally:
        connection.close()
