"""GitHub's workflows and Dependabot's file are well formed, and do nothing unsafe."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def _run(*command: str) -> None:
    done = subprocess.run(  # noqa: S603 (tools of our environment)
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing_unsafe() -> None:
    _run("zizmor", "--offline", "--quiet", ".github")


@pytest.mark.parametrize(
    ("schema", "files"),
    [("github-workflows", _WORKFLOWS), ("dependabot", [ROOT / ".github" / "dependabot.yml"])],
)
def test_each_file_has_the_form_that_github_takes(schema: str, files: list[Path]) -> None:
    _run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, files))
