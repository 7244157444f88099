"""This machine's own address, which no other machine reaches."""

import random
import socket
from contextlib import suppress
from urllib.request import ProxyHandler, build_opener

HOST = "127.0.0.1"
_SECONDS = 30
_PORTS = range(20_000, 32_768)
# A proxy that the user has set for the network would not find us.
_open = build_opener(ProxyHandler({})).open


def free_port() -> int:
    """Return a port that nobody uses, below those that the system gives to connections out.

    One of those could be taken again before the server that it is for listens.
    """
    while True:
        port = random.choice(_PORTS)  # noqa: S311 (nothing secret)
        with socket.socket() as listener, suppress(OSError):
            listener.bind((HOST, port))
            return port


def fetch(address: str) -> bytes:
    """Return what a GET answers; any status but a good one raises HTTPError."""
    with _open(address, timeout=_SECONDS) as reply:
        body: bytes = reply.read()
    return body
