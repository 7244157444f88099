"""Reads a request, and leaves out whatever in it can't be true."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from absence_redirect.destination import Arrival

ARRIVAL_PARAMETER = "from"
"""The query parameter of the addresses that lead back to the link."""
_ARRIVAL = re.compile(rf"(?<![\w-]){ARRIVAL_PARAMETER}=(login|continue)(?![\w-])")

# What a cookie's value may hold, and the length that every browser keeps.
# https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1
_TOKEN = re.compile(r"[!#-+\--:<-\[\]-~]{1,4096}")
_MOST_SESSION_COOKIES = 10

# A portal that returns a visitor from login may percent-encode the address once or twice more.
_MOST_ENCODINGS = 3


class Route(StrEnum):
    LINK = "link"
    SELECT = "select"
    UNKNOWN = "unknown"


_ROUTES = {
    "recordabsencelink.aspx": Route.LINK,
    "a": Route.LINK,
    "recordabsencelink.aspx/select": Route.SELECT,
}
# Phones take the full stop, comma or bracket after an address for a part of it.
_PATH = re.compile(rf"[^a-z0-9]*({'|'.join(map(re.escape, _ROUTES))})[^a-z0-9]*")
_METHODS = ("GET", "HEAD")


@dataclass(frozen=True, kw_only=True)
class Visit:
    route: Route
    method_is_allowed: bool
    wants_body: bool
    session_sha256s: frozenset[str]
    """SHA-256 of what may be the session's token, in hexadecimal; no cookie goes any further."""
    arrival: Arrival


def read_visit(event: Mapping[str, Any], *, cookie_name: str) -> Visit:
    """Read an HTTP API event, payload format 2.0.

    Raises KeyError for anything else.
    """
    method = event["requestContext"]["http"]["method"]
    # The question mark itself may be encoded, and then the query is in the path.
    address = _plain(f"{event['rawPath']}?{event.get('rawQueryString', '')}")
    path, _, query = address.partition("?")
    return Visit(
        route=_route(path),
        method_is_allowed=method in _METHODS,
        wants_body=method != "HEAD",
        session_sha256s=_session_sha256s(event, cookie_name),
        arrival=_arrival(query),
    )


def _plain(text: str) -> str:
    for _ in range(_MOST_ENCODINGS):
        if "%" not in text:
            break
        text = unquote(text)
    return text.lower()


def _route(path: str) -> Route:
    known = _PATH.fullmatch(path)
    return _ROUTES[known[1]] if known else Route.UNKNOWN


def _arrival(query: str) -> Arrival:
    found = _ARRIVAL.findall(query)
    # If a portal adds one to the other, the later step counts: no visitor sees Continue twice.
    if Arrival.CONTINUE in found:
        return Arrival.CONTINUE
    return Arrival.LOGIN if found else Arrival.TEXT


def _session_sha256s(event: Mapping[str, Any], cookie_name: str) -> frozenset[str]:
    """Return none for a cookie that is missing or malformed, or if there are absurdly many."""
    values = {value for name, value in _cookies(event) if name == cookie_name}
    if len(values) > _MOST_SESSION_COOKIES:
        return frozenset()
    tokens = [token for value in values for token in _tokens(value)]
    return frozenset([hashlib.sha256(token.encode()).hexdigest() for token in tokens])


def _tokens(value: str) -> tuple[str, ...]:
    """Return what a portal may call the cookie's value: with quotes around it, and without."""
    if _TOKEN.fullmatch(value):
        return (value,)
    is_quoted = value[:1] == value[-1:] == '"' and _TOKEN.fullmatch(value[1:-1])
    return (value, value[1:-1]) if is_quoted else ()


def _cookies(event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    # API Gateway splits the header into `cookies`; other servers of such events leave it whole.
    header = event.get("headers", {}).get("cookie", "")
    for cookie in ";".join(event.get("cookies") or [header]).split(";"):
        name, _, value = cookie.partition("=")
        yield name.strip(), value.strip()
