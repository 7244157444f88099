"""cfn-lint checks the templates against CloudFormation's schemas."""

import json
import subprocess
import sys
from pathlib import Path

from tests.support.synthesized import Synthesized

# W3005: the CDK also writes a dependency that a reference makes already.
_OPTIONS = ("--regions", "eu-west-2", "--ignore-checks", "W3005", "--format", "parseable", "--")


def test_cfn_lint_finds_nothing_but_the_fault_that_is_put_in(
    in_a_network: Synthesized,
    with_everything: Synthesized,
    on_trial: Synthesized,
    tmp_path: Path,
) -> None:
    faulty = with_everything.template.to_json()
    queue = faulty["Resources"][with_everything.output("QueueUrl")]
    queue["Properties"]["MessageRetentionPeriod"] = -1
    for name, template in {
        "network": in_a_network.template.to_json(),
        "trial": on_trial.template.to_json(),
        "everything": with_everything.template.to_json(),
        "faulty": faulty,
    }.items():
        (tmp_path / name).write_text(json.dumps(template))
    done = subprocess.run(  # noqa: S603 (our own words)
        [Path(sys.executable).with_name("cfn-lint"), *_OPTIONS, *tmp_path.iterdir()],
        check=False,
        capture_output=True,
        text=True,
    )
    findings = done.stdout.splitlines()
    assert findings
    assert [each for each in findings if "minimum" not in each] == []
    assert [each for each in findings if not each.startswith(f"{tmp_path / 'faulty'}:")] == []
