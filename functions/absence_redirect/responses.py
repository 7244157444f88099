"""Answers as API Gateway takes them, with the security headers that all of them carry."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TypedDict

from absence_redirect.pages import Page

_CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_ALWAYS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


class Response(TypedDict):
    statusCode: int
    headers: dict[str, str]
    body: str


def redirect(address: str) -> Response:
    headers = _ALWAYS | {"Content-Security-Policy": _CLOSED, "Location": address}
    return Response(statusCode=HTTPStatus.FOUND, headers=headers, body="")


def show(
    page: Page,
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
) -> Response:
    policy = {"Content-Security-Policy": f"{_CLOSED}; {page.sources}"}
    named = {**_ALWAYS, **policy, **(headers or {})}
    return Response(statusCode=status, headers=named, body=page.html)


def without_body(response: Response) -> Response:
    return Response(statusCode=response["statusCode"], headers=response["headers"], body="")
