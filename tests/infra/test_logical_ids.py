"""A deployed resource keeps its logical id. Under another id CloudFormation would replace it.

If you mean to add, replace or remove a resource, edit `logical_ids.json` in the same commit. A new
alarm needs no entry, because a replaced alarm loses nothing but its history.
"""

import json
import re
from pathlib import Path

import pytest

from tests.infra.conftest import ALL_CASES, Synthesize

_LISTED: dict[str, list[str]] = json.loads(Path(__file__).with_name("logical_ids.json").read_text())
# Each version of a function is a new resource, whose logical id ends with the function's hash.
_CONTENT_HASH = re.compile(r"(?<=CurrentVersion[0-9A-F]{8})[0-9a-f]{32}$")


@pytest.mark.parametrize("case", ALL_CASES)
def test_each_deployed_resource_keeps_its_logical_id(
    case: str, synthesize_case: Synthesize
) -> None:
    resources = synthesize_case(case).template.to_json()["Resources"]
    types = {_CONTENT_HASH.sub("", name): found["Type"] for name, found in resources.items()}
    listed = set(_LISTED[case])
    new = types.keys() - listed

    assert listed - types.keys() == set()
    assert [name for name in new if types[name] != "AWS::CloudWatch::Alarm"] == []
