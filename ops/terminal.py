"""What the commands print on. What the data give is shown as it is: no markup, no emoji codes."""

import sys
from io import TextIOWrapper
from typing import IO

from rich.console import Console
from rich.table import Table


def make_console(file: IO[str] | None = None, width: int | None = None) -> Console:
    return Console(file=file, width=width, markup=False, emoji=False)


def make_table(*headings: str) -> Table:
    """Return a table that folds what is too wide for the terminal, and cuts nothing."""
    table = Table()
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def speak_utf_8() -> None:
    """Let ✓ and ✗ be printed under a locale that has neither, as a scheduled job's may be."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
