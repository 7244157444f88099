"""Packs the layer and every function of this checkout: `python -m tests.support.packed DIRECTORY`.

The layer's wheels are fetched again, into the directory.
"""

import sys
from pathlib import Path

from infra.functions.layer_build import build_layer
from infra.functions.layer_wheels import fetch_wheels
from infra.functions.packing import pack
from infra.repository import FUNCTIONS, WHEELS, function_packages
from infra.stages.architecture import Architecture


def pack_all(directory: Path) -> None:
    fetch_wheels(Architecture.ARM64, WHEELS)
    build_layer(directory / "layer", Architecture.ARM64)
    pack((FUNCTIONS / package for package in function_packages()), directory)


if __name__ == "__main__":
    pack_all(Path(sys.argv[1]))
