import shutil
from pathlib import Path

from db.grants import USERS
from infra.repository import DB_PACKAGE, FUNCTIONS
from tests.support.synthesized import Synthesized, synthesize

_FURTHER_PACKAGES = {"migrate_database": [DB_PACKAGE]}
_LEFT_OUT = {"__pycache__", "source"}
_LARGEST_ZIP = 100 * 1024


def _staged(synthesized: Synthesized) -> dict[str, Path]:
    """Return the staged directory of each function, by its package."""
    return {
        function["Handler"].partition(".")[0]: synthesized.assembly
        / f"asset.{function['Code']['S3Key'].removesuffix('.zip')}"
        for function in synthesized.all("AWS::Lambda::Function").values()
    }


def _files(directory: Path) -> set[Path]:
    return {path.relative_to(directory) for path in directory.rglob("*") if path.is_file()}


def test_a_stage_has_a_function_for_each_user_and_one_that_sets_snss_attributes(
    synthesized: Synthesized,
) -> None:
    without_user = {"sms_account"} if synthesized.stack.sets_sms_account else set()
    assert set(_staged(synthesized)) == {*USERS} | without_user


def test_a_function_is_packed_whole_and_alone_without_bytecode(synthesized: Synthesized) -> None:
    for package, staged in _staged(synthesized).items():
        sources = {
            Path(directory.name, path)
            for directory in (FUNCTIONS / package, *_FURTHER_PACKAGES.get(package, ()))
            for path in _files(directory)
            if not _LEFT_OUT & {*path.parts}
        }
        assert _files(staged) == sources, package


def test_a_function_is_small(synthesized: Synthesized, tmp_path: Path) -> None:
    for package, staged in _staged(synthesized).items():
        size = Path(shutil.make_archive(str(tmp_path / package), "zip", staged)).stat().st_size
        assert size <= _LARGEST_ZIP, package


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
