import shutil
from pathlib import Path

import pytest

from db.grants import USERS
from infra.functions.layer_build import build_layer, layer_hash
from infra.functions.layer_wheels import WheelsMissingError, unpacked_wheels
from infra.repository import ROOT, SHARED_PACKAGE
from infra.stages.architecture import Architecture
from tests.support.synthesized import Synthesized

_PLATFORMS = {Architecture.ARM64: "aarch64", Architecture.X86_64: "x86_64"}
_LARGEST_ZIP = 15 * 1024 * 1024


def _contents(directory: Path) -> dict[Path, bytes]:
    files = (path for path in directory.rglob("*") if path.is_file())
    return {path.relative_to(directory): path.read_bytes() for path in files}


@pytest.fixture(params=Architecture)
def architecture(request: pytest.FixtureRequest) -> Architecture:
    return Architecture(request.param)


@pytest.fixture
def layer(architecture: Architecture, tmp_path: Path) -> Path:
    directory = tmp_path / "layer"
    build_layer(directory, architecture)
    return directory


def test_the_wheels_are_for_the_functions_platform(layer: Path, architecture: Architecture) -> None:
    tags = {
        tag.removeprefix("Tag: ").rpartition("-")[2]
        for wheel in layer.glob("python/*.dist-info/WHEEL")
        for tag in wheel.read_text().splitlines()
        if tag.startswith("Tag: ")
    }
    assert [tag for tag in tags if tag.endswith(_PLATFORMS[architecture])]
    assert all(tag == "any" or tag.endswith(_PLATFORMS[architecture]) for tag in tags)


def test_the_layer_holds_the_shared_package_and_not_what_lambda_has_itself(layer: Path) -> None:
    packages = {path.name for path in (layer / "python").iterdir()}
    assert {"absence_texts", "aws_lambda_powertools", "pymysql", "pydantic"} <= packages
    assert not packages & {"boto3", "botocore", "bin"}
    assert not [*layer.rglob("__pycache__")]


def test_the_layer_is_small_enough_to_load_fast(layer: Path, tmp_path: Path) -> None:
    size = Path(shutil.make_archive(str(tmp_path / "layer"), "zip", layer)).stat().st_size
    assert size <= _LARGEST_ZIP


def test_the_same_source_makes_the_same_layer_and_hash_twice(
    layer: Path, architecture: Architecture, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    build_layer(again, architecture)
    assert _contents(layer) == _contents(again)
    assert layer_hash(architecture) == layer_hash(architecture)


def test_each_architecture_has_a_hash_of_its_own() -> None:
    assert layer_hash(Architecture.ARM64) != layer_hash(Architecture.X86_64)


def test_a_change_of_the_shared_package_makes_another_hash(
    architecture: Architecture, tmp_path: Path
) -> None:
    package = tmp_path / SHARED_PACKAGE.name
    shutil.copytree(SHARED_PACKAGE, package)
    assert layer_hash(architecture, package) == layer_hash(architecture)
    (package / "clock.py").write_text("changed")
    assert layer_hash(architecture, package) != layer_hash(architecture)


def test_without_the_wheels_one_sentence_says_what_to_run(
    architecture: Architecture, tmp_path: Path
) -> None:
    with pytest.raises(WheelsMissingError, match=r"^[^\n]+`make setup`[^\n]+\.$"):
        unpacked_wheels(architecture, tmp_path)


def test_every_function_is_given_the_authority_of_the_database(
    with_everything: Synthesized,
) -> None:
    layers = with_everything.all("AWS::Lambda::LayerVersion")
    (name,) = (name for name in layers if name.startswith("DatabaseCa"))
    asset = layers[name]["Content"]["S3Key"].removesuffix(".zip")
    (file,) = (with_everything.assembly / f"asset.{asset}").iterdir()
    assert file.read_text() == (ROOT / "tests/infra/an_authority.pem").read_text()
    for package in USERS:
        function = with_everything.function(package)
        assert {"Ref": name} in function["Layers"]
        assert function["Environment"]["Variables"]["DATABASE_TLS_CA"] == f"/opt/{file.name}"
