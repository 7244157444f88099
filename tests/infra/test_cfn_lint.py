"""CloudFormation's own schemas, before CloudFormation sees the template."""

import json
import subprocess
import sys
from pathlib import Path

from tests.infra.synthesized import Synthesized

_CFN_LINT = Path(sys.executable).with_name("cfn-lint")
# The CDK writes a dependency beside the reference that makes it.
_IGNORED = "W3005"


def _findings(template: Path) -> str:
    done = subprocess.run(  # noqa: S603 (our own words)
        [_CFN_LINT, "--regions", "eu-west-2", "--ignore-checks", _IGNORED, "--", template],
        check=False,
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def test_cfn_lint_finds_nothing(
    in_the_college: Synthesized, with_everything: Synthesized, tmp_path: Path
) -> None:
    template = tmp_path / "template.json"
    for synthesized in (in_the_college, with_everything):
        template.write_text(json.dumps(synthesized.template.to_json()))
        assert _findings(template) == ""


def test_cfn_lint_would_find_a_value_that_the_service_refuses(
    with_everything: Synthesized, tmp_path: Path
) -> None:
    document = with_everything.template.to_json()
    document["Resources"][with_everything.output("QueueUrl")]["Properties"][
        "VisibilityTimeout"
    ] = -1
    template = tmp_path / "template.json"
    template.write_text(json.dumps(document))
    assert "VisibilityTimeout" in _findings(template)
