"""A dependency earns its line in docs/dependencies.md."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTED = re.findall(
    r"^\| ([\w-]+) \|", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE
)


def wanted() -> set[str]:
    names = set(json.loads((ROOT / "package.json").read_text())["devDependencies"])
    for inputs in (
        "layers/common/requirements.in",
        "requirements-dev.in",
        "requirements-checkov.in",
    ):
        lines = (ROOT / inputs).read_text().splitlines()
        names |= {re.split(r"[\[=<>]", line)[0] for line in lines if not line.startswith("-")}
    return names


@pytest.mark.parametrize("name", sorted(wanted()))
def test_each_dependency_says_what_it_is_for(name: str) -> None:
    assert name in DOCUMENTED


def test_no_line_is_left_of_a_dependency_that_went() -> None:
    assert set(DOCUMENTED) - {"package"} == wanted()
