"""MariaDB and Chromium, installed from Debian's packages if this machine has none."""

import os
import shutil
import sys

from local.programs import missing_packages
from local.set_up_step import Command, SetUpError, run_all, say

_NAME = "system packages"


def install_system_packages() -> None:
    """Install what is missing; raises SetUpError, which says what to install, if it can't."""
    packages = missing_packages()
    if not packages:
        return
    say(f"set-up: {_NAME}: {', '.join(packages)} ...")
    try:
        _install(packages)
    except SetUpError as error:
        say(str(error))
    still_missing = missing_packages()
    if still_missing:
        raise SetUpError(f"Install {' and '.join(still_missing)}, then run this again.")
    say(f"set-up: {_NAME}: done")


def _install(packages: list[str]) -> None:
    if shutil.which("apt-get") is None:
        return
    install = (*_as_root(), "apt-get", "install", "--yes", "--no-install-recommends", *packages)
    try:
        run_all((install,), name=_NAME)
    except SetUpError:
        # apt finds no package if this machine's lists are missing or old.
        run_all(((*_as_root(), "apt-get", "update"), install), name=_NAME)


def _as_root() -> Command:
    quiet = ("env", "DEBIAN_FRONTEND=noninteractive")
    if os.geteuid() == 0:
        return quiet
    # Without a terminal the user can't type a password.
    return ("sudo", *quiet) if sys.stdin.isatty() else ("sudo", "--non-interactive", *quiet)
