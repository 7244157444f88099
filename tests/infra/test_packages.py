import shutil
from pathlib import Path

import pytest

from infra.repository import FUNCTIONS
from tests.infra.synthesized import Synthesized

_PACKAGES = ("detect_absences", "send_sms", "absence_redirect", "record_delivery")
_LARGEST_ZIP = 100 * 1024


def _staged(synthesized: Synthesized, package: str) -> Path:
    asset = synthesized.function(package)["Code"]["S3Key"].removesuffix(".zip")
    return synthesized.assembly / f"asset.{asset}"


def _files(directory: Path) -> set[Path]:
    return {path.relative_to(directory) for path in directory.rglob("*") if path.is_file()}


@pytest.mark.parametrize("package", _PACKAGES)
def test_a_function_is_packed_whole_and_alone_without_bytecode(
    synthesized: Synthesized, package: str
) -> None:
    sources = {
        Path(package, path)
        for path in _files(FUNCTIONS / package)
        if "__pycache__" not in path.parts
    }
    assert _files(_staged(synthesized, package)) == sources


@pytest.mark.parametrize("package", _PACKAGES)
def test_a_function_is_small(synthesized: Synthesized, package: str, tmp_path: Path) -> None:
    staged = _staged(synthesized, package)
    zipped = shutil.make_archive(str(tmp_path / package), "zip", staged)
    assert Path(zipped).stat().st_size <= _LARGEST_ZIP
