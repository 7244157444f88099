"""Two checkouts pack the same bits, wherever they lie and whatever umask they were made under."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from infra.repository import ROOT
from tests.support.packed import pack_all

_NOBODY_ELSE_READS = 0o077


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of this checkout's tracked files, as a clone under a strict umask has them."""
    copy = tmp_path / "checkout"
    for name in _tracked_files():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy / name)
        (copy / name).chmod(0o666 & ~_NOBODY_ELSE_READS)
    return copy


def test_two_checkouts_pack_the_same_bits(checkout: Path, tmp_path: Path) -> None:
    pack_all(tmp_path / "here")
    subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-m", "tests.support.packed", str(tmp_path / "there")],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": _python_path(checkout)},
        umask=_NOBODY_ELSE_READS,
        check=True,
    )
    assert _packed(tmp_path / "there") == _packed(tmp_path / "here")


def _tracked_files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 (the user's own git)
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def _python_path(checkout: Path) -> str:
    parts = ("functions", "layers/common/python", ".")
    return os.pathsep.join(str(checkout / part) for part in parts)


def _packed(directory: Path) -> dict[Path, tuple[int, str]]:
    """Return the mode and the hash of every file, by its path."""
    return {
        path.relative_to(directory): (
            path.stat().st_mode,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in directory.rglob("*")
        if path.is_file()
    }
