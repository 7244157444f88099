"""Where the commands print. Text from the data is printed unchanged: no markup, no emoji codes."""

import sys
from io import TextIOWrapper
from typing import IO

from rich.console import Console

_UNWRAPPED = 10_000
"""A width at which no line of a command wraps."""


def make_console(file: IO[str] | None = None) -> Console:
    """Return a console that wraps lines on a terminal only, never in a pipe or a file."""
    console = Console(file=file, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _UNWRAPPED
    return console


def print_plainly(console: Console, text: str) -> None:
    """Print text that is copied, or read by a program: unwrapped, and without highlighting."""
    console.print(text, soft_wrap=True, highlight=False)


def print_as_utf_8() -> None:
    """Print ✓ and ✗ under a locale that lacks them too, as a scheduled job's locale may."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
