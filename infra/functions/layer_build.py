"""Builds the content of the common layer, without Docker and without a network."""

import hashlib
import shutil
from pathlib import Path

from infra.functions.layer_wheels import unpacked_wheels
from infra.functions.packing import pack
from infra.repository import SHARED_PACKAGE
from infra.stages.architecture import Architecture

_BYTECODE = "__pycache__"
_RECIPE = (Path(__file__), Path(__file__).with_name("packing.py"))


def build_layer(
    directory: Path, architecture: Architecture, package: Path = SHARED_PACKAGE
) -> None:
    """Fill a directory with the wheels and the shared package; raises WheelsMissingError."""
    python = directory / "python"
    shutil.copytree(unpacked_wheels(architecture), python)
    pack([package], python)


def layer_hash(architecture: Architecture, package: Path = SHARED_PACKAGE) -> str:
    """Return the hash of the layer's sources and of the code that builds it.

    The name of the wheels' directory holds the hash of the locked requirements.
    """
    digest = hashlib.sha256(unpacked_wheels(architecture).name.encode())
    for path in _RECIPE:
        digest.update(path.read_bytes())
    for path in sorted(package.rglob("*")):
        if path.is_file() and _BYTECODE not in path.parts:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(package)}:{len(content)}:".encode() + content)
    return digest.hexdigest()
