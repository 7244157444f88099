"""What differs between MariaDB's server and MySQL's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class ServerProduct:
    name: str
    program: Callable[[], Sequence[str]]
    """Returns the words that run the server, without options."""
    initialise: Callable[[Path], Sequence[str]]
    """Returns the command that fills a data directory."""
    options: Callable[[Path], Sequence[str]]
    """Returns the options that this product alone takes."""
