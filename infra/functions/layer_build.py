"""Builds the content of the common layer, without Docker and without a network."""

import hashlib
import shutil
from pathlib import Path

from infra.functions.layer_wheels import unpacked_wheels
from infra.repository import SHARED_PACKAGE
from infra.stages.architecture import Architecture

_BYTECODE = "__pycache__"


def build_layer(
    directory: Path, architecture: Architecture, package: Path = SHARED_PACKAGE
) -> None:
    """Fill a directory with the wheels and the shared package; raises WheelsMissingError."""
    python = directory / "python"
    shutil.copytree(unpacked_wheels(architecture), python)
    shutil.copytree(package, python / package.name, ignore=shutil.ignore_patterns(_BYTECODE))


def layer_hash(architecture: Architecture, package: Path = SHARED_PACKAGE) -> str:
    """Return the hash of the layer's sources and of the code that builds it.

    The name of the wheels' directory holds the hash of the locked requirements.
    """
    recipe = unpacked_wheels(architecture).name.encode() + Path(__file__).read_bytes()
    digest = hashlib.sha256(recipe)
    for path in sorted(package.rglob("*")):
        if path.is_file() and _BYTECODE not in path.parts:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(package)}:{len(content)}:".encode() + content)
    return digest.hexdigest()
