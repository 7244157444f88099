"""The programs that a machine must have, and the Debian packages that hold them."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

# Debian installs the database server here, but an ordinary user's PATH leaves these out.
NGINX = Path(__file__).parent.parent / ".local" / "nginx"
"""Where set-up unpacks Debian's package: installed, nginx would start as a service."""
_ALSO_IN = ("/usr/sbin", "/usr/local/sbin", str(NGINX / "usr" / "sbin"))
PACKAGES: Mapping[str, str] = {
    "mariadbd": "mariadb-server-core",
    "mariadb-install-db": "mariadb-server-core",
    "mariadb": "mariadb-client-core",
    "chromium": "chromium",
}


class ProgramMissingError(Exception):
    """A program is not on this machine; the message says what to install."""


def missing_packages() -> list[str]:
    """Return the packages to install, each once."""
    return sorted({package for name, package in PACKAGES.items() if find(name) is None})


def program(name: str) -> str:
    """Return the path of nginx or of a program named above; raises ProgramMissingError."""
    found = find(name)
    if found is None:
        raise ProgramMissingError(f"{name} is missing: install {PACKAGES.get(name, name)}.")
    return found


def find(name: str) -> str | None:
    return shutil.which(name, path=os.pathsep.join((os.environ["PATH"], *_ALSO_IN)))
