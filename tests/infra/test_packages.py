import shutil
from pathlib import Path

import pytest

from tests.infra.synthesized import Synthesized

_LARGEST_ZIP = 100 * 1024


def _staged(synthesized: Synthesized, package: str) -> Path:
    asset = synthesized.function(package)["Code"]["S3Key"].removesuffix(".zip")
    return synthesized.assembly / f"asset.{asset}"


@pytest.mark.parametrize("package", ["detect_absences", "send_sms", "absence_redirect"])
def test_a_function_is_packed_alone_without_bytecode_and_small(
    synthesized: Synthesized, package: str, tmp_path: Path
) -> None:
    staged = _staged(synthesized, package)
    zipped = shutil.make_archive(str(tmp_path / package), "zip", staged)
    assert [path.name for path in staged.iterdir()] == [package]
    assert (staged / package / "handler.py").exists()
    assert not [*staged.rglob("__pycache__")]
    assert Path(zipped).stat().st_size <= _LARGEST_ZIP
