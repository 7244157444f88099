"""What a request says, once everything in it that could not be true is left out."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

FROM_LOGIN = ("from", "login")
"""The query parameter of the address that a login returns to."""
_MARKER = "=".join(FROM_LOGIN)

# What a cookie's value may hold, and the length that every browser keeps.
# https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1
_TOKEN = re.compile(r"[!#-+\--:<-\[\]-~]{1,4096}")


class Route(StrEnum):
    LINK = "link"
    SELECT = "select"
    UNKNOWN = "unknown"


_ROUTES = {
    "/recordabsencelink.aspx": Route.LINK,
    "/a": Route.LINK,
    "/recordabsencelink.aspx/select": Route.SELECT,
}
_METHODS = ("GET", "HEAD")


@dataclass(frozen=True, kw_only=True)
class Visit:
    route: Route
    method_is_allowed: bool
    wants_body: bool
    session_sha256: str | None
    """SHA-256 of the session cookie, in hexadecimal; the cookie itself goes no further."""
    from_login: bool


def read_visit(event: Mapping[str, Any], *, cookie_name: str) -> Visit:
    """Read an HTTP API event, payload format 2.0."""
    method = event["requestContext"]["http"]["method"]
    # Windows servers, as the portal's, take any case; some phones add a final slash.
    path = event["rawPath"].lower().rstrip("/")
    return Visit(
        route=_ROUTES.get(path, Route.UNKNOWN),
        method_is_allowed=method in _METHODS,
        wants_body=method != "HEAD",
        session_sha256=_session_sha256(event, cookie_name),
        from_login=_MARKER in event.get("rawQueryString", "").split("&"),
    )


def _session_sha256(event: Mapping[str, Any], cookie_name: str) -> str | None:
    """Return nothing for a cookie that is missing, malformed, oversized or there twice."""
    match [value for name, value in _cookies(event) if name == cookie_name]:
        case [token] if _TOKEN.fullmatch(token):
            return hashlib.sha256(token.encode()).hexdigest()
        case _:
            return None


def _cookies(event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    # API Gateway splits the header into `cookies`; other servers of such events leave it be.
    header = event.get("headers", {}).get("cookie", "")
    for cookie in event.get("cookies") or header.split(";"):
        name, _, value = cookie.strip().partition("=")
        yield name, value
