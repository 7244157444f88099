"""Where the commands print. Text from the data is printed unchanged: no markup, no emoji codes."""

import sys
from collections.abc import Iterable
from io import TextIOWrapper
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text


def make_console(file: IO[str] | None = None, width: int | None = None) -> Console:
    return Console(file=file, width=width, markup=False, emoji=False)


def make_table(headings: Iterable[str], rows: Iterable[tuple[str | Text, ...]]) -> Table:
    """Return a table that folds a cell that is too wide for the terminal, and cuts nothing."""
    table = Table()
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def print_plainly(console: Console, text: str) -> None:
    """Print text that is copied, or read by a program: unwrapped, and without highlighting."""
    console.print(text, soft_wrap=True, highlight=False)


def print_as_utf_8() -> None:
    """Print ✓ and ✗ under a locale that lacks them too, as a scheduled job's locale may."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
