"""One step of the set-up, done again only if what it is made from has changed."""

import hashlib
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
RECORDS = ROOT / ".local" / "set-up"

type Command = tuple[str | Path, ...]


class SetUpError(Exception):
    """A step failed; the message says why, or what to install."""


@dataclass(frozen=True, kw_only=True)
class Step:
    name: str
    made_from: tuple[str | Path, ...]
    """Files, and texts such as a version; if one changes, the step is done again."""
    makes: Path
    """If this path is missing, the step is done again."""
    commands: tuple[Command, ...]
    records: Path = RECORDS

    def do(self) -> None:
        if self._record.exists() and self.makes.exists():
            if self._record.read_text() == self._fingerprint:
                return
            self._record.unlink()
        say(f"set-up: {self.name} ...")
        began = time.monotonic()
        run_all(self.commands, name=self.name)
        self._record.write_text(self._fingerprint)
        say(f"set-up: {self.name}: done in {time.monotonic() - began:.0f} s")

    @property
    def _record(self) -> Path:
        return self.records / self.name.replace(" ", "-")

    @property
    def _fingerprint(self) -> str:
        digest = hashlib.sha256()
        for part in (str(ROOT), *self.made_from):
            digest.update(part.read_bytes() if isinstance(part, Path) else part.encode())
            digest.update(b"\0")
        return digest.hexdigest()


def say(progress: str) -> None:
    sys.stderr.write(f"{progress}\n")
    sys.stderr.flush()


def run_all(commands: Iterable[Command], *, name: str) -> None:
    """Run commands one after the other; raises SetUpError with the output of one that fails."""
    for command in commands:
        done = subprocess.run(  # noqa: S603 (our own words)
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise SetUpError(f"set-up: {name} failed:\n{done.stdout}")
