"""docs/architecture.md shows the packages as they are checked, and functions that exist."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/architecture.md").read_text()
STEPS = re.findall(r"(?m)\| `([\w/]+\.py)` \| `(\w+)` \|$", PAGE)


def test_the_packages_are_those_whose_imports_are_checked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = [layer.split(" | ") for layer in settings["contracts"][0]["layers"]]
    rows = re.findall(r"(?m)^\| (`\w+`(?:, `\w+`)*) \| [^|]+ \|$", PAGE)
    assert [re.findall(r"\w+", row) for row in rows] == layers


@pytest.mark.parametrize(("file", "function"), STEPS)
def test_each_step_of_a_text_is_where_the_page_says(file: str, function: str) -> None:
    assert re.search(rf"(?m)^\s*def {function}\(", (ROOT / file).read_text())


def test_the_path_of_a_text_goes_through_every_function_that_handles_one() -> None:
    packages = {Path(file).parts[1] for file, _ in STEPS if file.startswith("functions/")}
    assert packages == {"absence_redirect", "detect_absences", "record_delivery", "send_sms"}
