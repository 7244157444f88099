"""MySQL's server from Debian unstable, unpacked into `.local/mysql` without being installed.

No Debian release has MySQL, and its package conflicts with MariaDB's. So apt works here with lists,
a cache and a status of its own. It needs no root, and it checks the signatures with the keys that
this machine trusts. The packages bring their own C library, so the server runs through its loader.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from local.programs import ProgramMissingError

_PACKAGE = "mysql-server-core"
_DIRECTORY = Path(__file__).parent.parent / ".local" / "mysql"
_ROOT = _DIRECTORY / "root"
_DOWNLOADS = _DIRECTORY / "archives"
_LISTS = _DIRECTORY / "lists"
_SOURCES = _DIRECTORY / "unstable.list"
VERSION = _DIRECTORY / "version"
"""Written last, so the file shows that the server is complete."""
_INSTEAD = "name a mysqld of your own in MYSQLD, or leave MySQL out with DATABASE=mariadb"
# A line of `apt-get update --print-uris`: 'http://mirror.example/debian/dists/trixie/InRelease' ...
_DEBIAN_RELEASE = re.compile(r"'(?P<mirror>[^']*/debian/?)/dists/[^/']+/InRelease'")


class MySQLUnavailableError(Exception):
    """MySQL can't be fetched; the message says why and what to do."""


def unpacked_server() -> list[str]:
    """Return the words that run the unpacked server; raises ProgramMissingError."""
    if not VERSION.exists():
        raise ProgramMissingError(f"MySQL is missing: run `make setup DATABASE=mysql`, {_INSTEAD}.")
    return _server()


def fetch() -> None:
    """Download and unpack the newest version; raises MySQLUnavailableError."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise MySQLUnavailableError(f"MySQL can't be fetched without apt and dpkg: {_INSTEAD}.")
    shutil.rmtree(_DIRECTORY, ignore_errors=True)
    for directory in (_LISTS, _DOWNLOADS):
        (directory / "partial").mkdir(parents=True)
    _download()
    version = _unpack()
    _run(*_server(), "--version")
    VERSION.write_text(version)


def _download() -> None:
    (_DIRECTORY / "status").touch()
    _SOURCES.write_text(f"deb {_mirror()} unstable main\n")
    _run("apt-get", *_options(), "update")
    install = ("install", "--yes", "--no-install-recommends", "--download-only", _PACKAGE)
    _run("apt-get", *_options(), *install)


def _mirror() -> str:
    """Return the Debian mirror that this machine's apt uses."""
    found = _DEBIAN_RELEASE.search(_run("apt-get", "update", "--print-uris"))
    if found is None:
        raise MySQLUnavailableError(
            f"MySQL can't be fetched, because this machine's apt has no Debian mirror: {_INSTEAD}."
        )
    return found["mirror"]


def _options() -> Sequence[str]:
    return (
        f"--option=Dir::State={_DIRECTORY}",
        f"--option=Dir::State::status={_DIRECTORY / 'status'}",
        f"--option=Dir::Cache={_DIRECTORY}",
        f"--option=Dir::Etc::SourceList={_SOURCES}",
        "--option=Dir::Etc::SourceParts=/dev/null",
        "--option=Dir::Etc::PreferencesParts=/dev/null",
        # As root, apt would download as a user who may not write here.
        "--option=APT::Sandbox::User=root",
        "--option=APT::Update::Error-Mode=any",
    )


def _unpack() -> str:
    """Unpack every package; return the server's version."""
    for package in sorted(_DOWNLOADS.glob("*.deb")):
        _run("dpkg-deb", "--extract", str(package), str(_ROOT))
    (server,) = _DOWNLOADS.glob(f"{_PACKAGE}_*.deb")
    version = _run("dpkg-deb", "--field", str(server), "Version").strip()
    for directory in (_LISTS, _DOWNLOADS):
        shutil.rmtree(directory)
    return version


def _server() -> list[str]:
    # Another processor's loader and libraries have other names.
    loader = next(_ROOT.glob("usr/lib*/ld-linux*.so.*"))
    libraries = next(_ROOT.glob("usr/lib/*-linux-gnu*"))
    return [str(loader), "--library-path", str(libraries), str(_ROOT / "usr" / "sbin" / "mysqld")]


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    if done.returncode != 0:
        raise MySQLUnavailableError(
            f"MySQL can't be fetched, because {Path(command[0]).name} failed: {_INSTEAD}.\n"
            f"{done.stdout}{done.stderr}"
        )
    return done.stdout


def main() -> int:
    try:
        fetch()
    except MySQLUnavailableError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
