import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from db.grants import USERS
from infra.repository import FUNCTIONS, MIGRATIONS
from tests.infra.synthesized import Synthesized, synthesize

_PACKAGES = (*USERS, "sms_account")
_BESIDE = {"migrate_database": [MIGRATIONS]}
_LEFT_OUT = {"__pycache__", "source"}
_LARGEST_ZIP = 100 * 1024


def _staged(synthesized: Synthesized, package: str) -> Path:
    if package == "sms_account" and not synthesized.stack.sets_sms_account:
        pytest.skip("this stage has no such function")
    asset = synthesized.function(package)["Code"]["S3Key"].removesuffix(".zip")
    return synthesized.assembly / f"asset.{asset}"


def _files(directory: Path) -> set[Path]:
    return {path.relative_to(directory) for path in directory.rglob("*") if path.is_file()}


@pytest.mark.parametrize("package", _PACKAGES)
def test_a_function_is_packed_whole_and_alone_without_bytecode(
    synthesized: Synthesized, package: str
) -> None:
    sources = {
        Path(directory.name, path)
        for directory in (FUNCTIONS / package, *_BESIDE.get(package, ()))
        for path in _files(directory)
        if not _LEFT_OUT & {*path.parts}
    }
    assert _files(_staged(synthesized, package)) == sources


@pytest.mark.parametrize("package", _PACKAGES)
def test_a_function_is_small(
    synthesized: Synthesized, package: str, tmp_path: Path, tell_size: Callable[[str, int], None]
) -> None:
    staged = _staged(synthesized, package)
    size = Path(shutil.make_archive(str(tmp_path / package), "zip", staged)).stat().st_size
    tell_size(package, size)
    assert size <= _LARGEST_ZIP


def test_the_same_source_makes_the_same_packages_twice(
    synthesized: Synthesized, tmp_path: Path
) -> None:
    again = synthesize(synthesized.stage, tmp_path)
    for resource_type, content in (
        ("Lambda::Function", "Code"),
        ("Lambda::LayerVersion", "Content"),
    ):
        first, second = (
            {
                name: found[content]["S3Key"]
                for name, found in made.all(f"AWS::{resource_type}").items()
            }
            for made in (synthesized, again)
        )
        assert first == second
