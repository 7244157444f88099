"""Copies what Lambda unpacks, so that its bits are the same, whoever packs it."""

from collections.abc import Iterable
from pathlib import Path
from shutil import copytree, ignore_patterns

_READABLE = 0o644
# db/source holds the data contract, which no function reads.
_LEFT_OUT = ignore_patterns("__pycache__", "source")


def pack(packages: Iterable[Path], directory: Path) -> None:
    """Copy each package into a directory, under its own name."""
    for package in packages:
        copytree(package, directory / package.name, ignore=_LEFT_OUT)
    make_readable(directory)


def make_readable(directory: Path) -> None:
    """Let every user read a directory's files, whatever umask they were checked out under.

    Lambda runs a function as a user that does not own its files:
    https://repost.aws/knowledge-center/lambda-deployment-package-errors
    """
    for path in directory.rglob("*"):
        if path.is_file():
            path.chmod(_READABLE)
