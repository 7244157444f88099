"""The layer's directory, built without Docker and network, and kept under its source's hash."""

import hashlib
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.architecture import Architecture
from infra.layer_wheels import unpacked_wheels
from infra.repository import LAYERS, SHARED_PACKAGE

_BYTECODE = "__pycache__"


def layer_directory(
    architecture: Architecture, layers: Path = LAYERS, package: Path = SHARED_PACKAGE
) -> Path:
    """Return the directory that becomes Lambda's /opt: the wheels and the shared package."""
    wheels = unpacked_wheels(architecture)
    directory = layers / _source_hash(wheels, package)
    if not directory.exists():
        layers.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=layers) as temporary:
            python = Path(temporary, "layer", "python")
            shutil.copytree(wheels, python)
            ignored = shutil.ignore_patterns(_BYTECODE)
            shutil.copytree(package, python / package.name, ignore=ignored)
            _keep(python.parent, directory)
    return directory


def _source_hash(wheels: Path, package: Path) -> str:
    """Hash what the layer is made of: the wheels' directory is named by its own recipe's hash."""
    digest = hashlib.sha256(wheels.name.encode() + Path(__file__).read_bytes())
    for path in sorted(package.rglob("*")):
        if path.is_file() and _BYTECODE not in path.parts:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(package)}:{len(content)}:".encode() + content)
    return digest.hexdigest()


def _keep(unfinished: Path, directory: Path) -> None:
    try:
        unfinished.rename(directory)
    except OSError:
        # Another synth of the same source was faster: what it built is the same.
        if not directory.exists():
            raise
