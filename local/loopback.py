"""The address 127.0.0.1, which other machines can't reach."""

import random
import socket
from contextlib import suppress
from urllib.request import ProxyHandler, build_opener

HOST = "127.0.0.1"
_SECONDS = 30
_PORTS = range(20_000, 32_768)
# A proxy that the user has set for the network can't reach 127.0.0.1 of this machine.
_open = build_opener(ProxyHandler({})).open


def free_port() -> int:
    """Return a port that no process uses, below those that the system gives to connections out.

    An outgoing connection could take one of those before our server listens on it.
    """
    while True:
        port = random.choice(_PORTS)  # noqa: S311 (nothing secret)
        with socket.socket() as listener, suppress(OSError):
            listener.bind((HOST, port))
            return port


def fetch(address: str) -> bytes:
    """Return the body of the answer to GET; raises HTTPError for a status that is no success."""
    with _open(address, timeout=_SECONDS) as reply:
        body: bytes = reply.read()
    return body
