"""Checks the addresses in the settings, and completes them: a redirect goes to no other."""

import re
from urllib.parse import quote_plus, urlsplit

# Safe as a header's value, inside a page's attribute and inside a Content-Security-Policy.
_SAFE = re.compile(r"[A-Za-z0-9:/?&=%._~\[\]-]+")


def check_address(address: str, *, https_only: bool) -> None:
    """Raise ValueError for anything but a plain absolute web address."""
    schemes = ("https",) if https_only else ("https", "http")
    parts = urlsplit(address)
    if parts.scheme not in schemes or not parts.hostname or parts.port == 0:
        raise ValueError(f"must begin with {' or '.join(schemes)}:// and a host")
    if not _SAFE.fullmatch(address):
        raise ValueError("must be an address of letters, digits and :/?&=%._~-[] only")


def with_parameter(address: str, name: str, value: str) -> str:
    """Return the address with one more query parameter, its value percent-encoded."""
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{name}={quote_plus(value)}"


def origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
