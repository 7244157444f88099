"""Releases to deploy one after another, each synthesized with its own code."""

import io
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from db.migrate import read_migrations
from local.environment import ROOT, environment
from local.processes import run

_SCRIPT = "tests/deployment/synthesize_live.py"
_CODE = ("db", "functions", "infra", "layers", "cdk.json", _SCRIPT)


class NoHistoryError(Exception):
    """This checkout has no earlier commit; the message says why."""


@dataclass(frozen=True)
class Release:
    name: str
    tree: Path

    @property
    def assembly(self) -> Path:
        return self.tree.parent / f"{self.name}.out"

    def synthesize(self) -> None:
        # Another release may have locked other wheels.
        self._run_python("wheels", "-m", "infra.functions.layer_wheels")
        self._run_python("synthesize", _SCRIPT, self.assembly)

    def _run_python(self, name: str, *words: str | Path) -> None:
        directory = self.tree.parent
        run(
            ("/usr/bin/env", f"--chdir={self.tree}", sys.executable, *words),
            name=f"{name}-{self.name}",
            directory=directory,
            environment=environment(directory, "http://127.0.0.1:9")
            | {"PYTHONPATH": os.pathsep.join(str(self.tree / path) for path in _PYTHON_PATH)},
        )


_PYTHON_PATH = ("functions", "layers/common/python", ".")


def todays(directory: Path) -> Release:
    return Release("todays", _copy(directory / "todays"))


def previous(directory: Path) -> Release:
    """Return the commit before the one that is checked out; raises NoHistoryError."""
    commit = "HEAD" if _git("status", "--porcelain", "--", *_CODE) else "HEAD^"
    archive = _git("archive", commit, "--", *_CODE)
    tree = directory / "previous"
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(tree, filter="data")
    _share_wheels(tree)
    return Release("previous", tree)


def with_a_refused_migration(directory: Path) -> Release:
    """Return today's release with a migration that every server refuses, and changed link code."""
    tree = _copy(directory / "refused")
    number = len(read_migrations()) + 1
    (tree / "db" / "migrations" / f"{number:04}_refused.sql").write_text("CREATE TABEL refused;\n")
    link = tree / "functions" / "absence_redirect" / "handler.py"
    link.write_text("raise SystemExit('the new code runs')\n")
    return Release("refused", tree)


def _copy(tree: Path) -> Path:
    tree.mkdir()
    for name in _CODE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tree / name)
    _share_wheels(tree)
    return tree


def _share_wheels(tree: Path) -> None:
    (tree / ".local").mkdir()
    (tree / ".local" / "layer-wheels").symlink_to(ROOT / ".local" / "layer-wheels")


def _git(*words: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 (our own words)
            ["/usr/bin/env", "git", "-C", ROOT, *words], capture_output=True, check=True
        )
    except subprocess.CalledProcessError as error:
        raise NoHistoryError(error.stderr.decode().strip()) from error
    return done.stdout
