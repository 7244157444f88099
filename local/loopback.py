"""This machine's own address, which no other machine reaches."""

import socket
from urllib.request import ProxyHandler, build_opener

HOST = "127.0.0.1"
_SECONDS = 30
# A proxy that the user has set for the network would not find us.
_open = build_opener(ProxyHandler({})).open


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
    return port


def fetch(address: str) -> bytes:
    """Return what a GET answers; any status but a good one raises HTTPError."""
    with _open(address, timeout=_SECONDS) as reply:
        body: bytes = reply.read()
    return body
