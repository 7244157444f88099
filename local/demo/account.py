"""Shows the account of the day as the command-line tool prints it, and where its page is.

The tool is run as a program, because this package may not import it.
"""

import subprocess
import sys
from pathlib import Path

from local.environment import ROOT


class AccountMissingError(Exception):
    """The tool did not print the account; its own message says why."""


def show_account(directory: Path) -> None:
    """Print the account of the stack in this directory; raises AccountMissingError."""
    _type(directory, "day")


def write_page(directory: Path) -> None:
    """Write the page of the day, and print where it is; raises AccountMissingError."""
    _type(directory, "day", "--html", str(directory / "day.html"))


def _type(directory: Path, *words: str) -> None:
    command = (sys.executable, "-m", "ops", "--stack", str(directory), *words)
    done = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 (our own words)
    if done.returncode != 0:
        raise AccountMissingError("The account of the day could not be read.")
