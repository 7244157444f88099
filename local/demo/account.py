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
    """Print the account of the stack in this directory, and write its page beside the directory.

    Raises AccountMissingError.
    """
    for form in ((), ("--html", str(directory.with_name("day.html")))):
        command = (sys.executable, "-m", "ops", "--stack", str(directory), "day", *form)
        done = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 (our own words)
        if done.returncode != 0:
            raise AccountMissingError("The account of the day could not be read.")
