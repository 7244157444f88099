"""Each dependency has its line in docs/dependencies.md, and each line its dependency."""

import json
import re
from pathlib import Path

import pytest

from local.programs import PACKAGES

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/dependencies.md").read_text().splitlines()
    if re.match(r"\| [\w-]+ \|", line) and not line.startswith("| package |")
]
"""The package, what it is for, why this one and what else was considered."""


def wanted() -> set[str]:
    names = {*json.loads((ROOT / "package.json").read_text())["devDependencies"]}
    for inputs in (
        "layers/common/requirements.in",
        "requirements-dev.in",
        "requirements-checkov.in",
    ):
        lines = (ROOT / inputs).read_text().splitlines()
        names |= {re.split(r"[\[=<>]", line)[0] for line in lines if not line.startswith("-")}
    return names | {*PACKAGES.values()}


@pytest.mark.parametrize("name", sorted(wanted()))
def test_each_dependency_says_once_what_it_is_for_and_why_it(name: str) -> None:
    ((_, purpose, reason),) = (row for row in ROWS if row[0] == name)
    assert purpose
    assert reason


def test_no_line_is_left_of_a_dependency_that_went() -> None:
    assert {row[0] for row in ROWS} == wanted()
