"""The layer's wheels, unpacked for the platforms the functions run on, whatever this machine is.

`python -m infra.functions.layer_wheels` fetches and unpacks them; synth needs no network to find
them.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from uv import find_uv_bin

from infra.repository import LAYER_REQUIREMENTS, WHEELS
from infra.stages.architecture import Architecture

_PLATFORMS = {
    Architecture.ARM64: "aarch64-manylinux2014",
    Architecture.X86_64: "x86_64-manylinux2014",
}


class WheelsMissingError(Exception):
    """The wheels of the layer's present requirements were not fetched."""


def unpacked_wheels(architecture: Architecture, wheels: Path = WHEELS) -> Path:
    """Return the directory of the unpacked wheels; raises WheelsMissingError."""
    directory = _directory(architecture, wheels)
    if not directory.exists():
        raise WheelsMissingError(
            f"The layer's wheels for {architecture} are not here: run `make setup` once, online."
        )
    return directory


def fetch_wheels(architecture: Architecture, wheels: Path = WHEELS) -> None:
    """Fetch and unpack what the requirements lock, unless it was done before."""
    directory = _directory(architecture, wheels)
    if directory.exists():
        return
    wheels.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=wheels) as temporary:
        unfinished = Path(temporary, "python")
        _install(unfinished, architecture)
        shutil.rmtree(unfinished / "bin", ignore_errors=True)
        (unfinished / ".lock").unlink(missing_ok=True)
        unfinished.rename(directory)


def _directory(architecture: Architecture, wheels: Path) -> Path:
    recipe = LAYER_REQUIREMENTS.read_bytes() + Path(__file__).read_bytes()
    return wheels / f"{architecture}-{hashlib.sha256(recipe).hexdigest()[:16]}"


def _install(directory: Path, architecture: Architecture) -> None:
    subprocess.run(  # noqa: S603 (uv's own path and ours)
        [
            find_uv_bin(),
            "pip",
            "install",
            "--quiet",
            f"--target={directory}",
            f"--python={sys.executable}",
            f"--python-platform={_PLATFORMS[architecture]}",
            "--python-version=3.13",
            "--require-hashes",
            "--only-binary=:all:",
            "--no-compile-bytecode",
            # Hard links to uv's cache would let a change here change every other environment.
            "--link-mode=copy",
            f"--requirements={LAYER_REQUIREMENTS}",
        ],
        check=True,
    )


def main() -> None:
    for architecture in Architecture:
        fetch_wheels(architecture)


if __name__ == "__main__":
    main()
