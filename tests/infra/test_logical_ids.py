"""A deployed resource keeps its logical id: under another one CloudFormation would replace it.

Whoever means to replace or remove a resource edits `logical_ids.json` in the same commit.
"""

import json
import re
from pathlib import Path

import pytest

from tests.infra.conftest import ALL_CASES, Synthesize

_LISTED: dict[str, list[str]] = json.loads(Path(__file__).with_name("logical_ids.json").read_text())
# The CDK ends a Lambda version's logical id with a hash of the function, as each is a new version.
_CONTENT_HASH = re.compile(r"(?<=CurrentVersion[0-9A-F]{8})[0-9a-f]{32}$")


@pytest.mark.parametrize("case", ALL_CASES)
def test_each_deployed_resource_keeps_its_logical_id(
    case: str, synthesize_case: Synthesize
) -> None:
    resources = synthesize_case(case).template.to_json()["Resources"]

    assert sorted(_CONTENT_HASH.sub("", name) for name in resources) == _LISTED[case]
