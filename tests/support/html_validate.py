"""Compares pages with the HTML standard."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from local.environment import NODE, ROOT

_PROGRAM = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def complaints_about(pages: Mapping[str, str], directory: Path) -> str:
    """Write each page into the directory and return what html-validate says of them, if anything.

    Raises AssertionError if html-validate fails and says nothing.
    """
    for name, html in pages.items():
        (directory / f"{name}.html").write_text(html)
    rules = ("--preset", "standard,a11y,document", "--max-warnings", "0")
    command: list[str | Path] = [NODE / "node", _PROGRAM, *rules, *directory.iterdir()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    assert done.stdout or done.returncode == 0, done.stderr
    return done.stdout
