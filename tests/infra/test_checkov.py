"""checkov's rules on the synthesized templates, offline; what is kept has its reason."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from local.set_up import CHECKOV
from tests.infra.conftest import ALL_CASES, Synthesize

_PUT_IN = "open to everyone"


@dataclass(frozen=True)
class Kept:
    check: str
    parts: tuple[str, ...]
    """How the logical ids begin of what it finds; one empty text is any."""
    reason: str


KEPT = (
    Kept("CKV_AWS_27", ("Jobs", "FailedRuns"), "SQS's own keys encrypt them: it knows only KMS's."),
    Kept(
        "CKV_AWS_26", ("Watching",), "An alarm's words are no secret; CloudWatch needs a paid key."
    ),
    Kept("CKV_AWS_158", ("",), "Encrypted by CloudWatch's own key; a key of ours keeps none out."),
    Kept("CKV_AWS_173", ("",), "Encrypted by Lambda's own key, and no secret: its name alone."),
    Kept("CKV_AWS_116", ("",), "Failures end elsewhere: docs/decisions/0012-where-failures-end.md"),
    Kept("CKV_AWS_117", ("",), "In a VPC where the database is reachable only there (`network`)."),
    Kept(
        "CKV_AWS_115",
        ("AbsenceRedirect", "RecordDelivery", "MigrateDatabase", "SmsAccount"),
        "docs/decisions/0011-the-rate.md",
    ),
    Kept("CKV_AWS_149", ("Database",), "Encrypted by Secrets Manager's own key."),
    Kept(
        "CKV_AWS_157",
        ("Database",),
        "A trial can wait for a restart: docs/decisions/0024-a-database-for-trials.md",
    ),
    Kept("CKV_AWS_118", ("Database",), "CloudWatch's metrics, each minute, are enough for it."),
    Kept(
        "CKV_AWS_161",
        ("Database",),
        "Users: docs/decisions/0021-a-database-user-for-each-function.md",
    ),
    Kept("CKV_AWS_111", ("SendSms",), "No policy can name a phone number; topics are denied."),
    Kept(
        "CKV_AWS_111",
        ("DetectAbsences", "AbsenceRedirect", "RecordDelivery", "MigrateDatabase"),
        "Lambda attaches a function to a VPC through its role, and no resource can be named.",
    ),
)


def _findings(directory: Path) -> set[tuple[str, str, str]]:
    """Return the template, the check and the logical id of each finding."""
    done = subprocess.run(  # noqa: S603 (our own words)
        [
            CHECKOV / "bin" / "checkov",
            *("--framework", "cloudformation", "--directory", directory),
            *("--skip-download", "--quiet", "--compact", "--output", "json"),
        ],
        env={"PATH": os.environ["PATH"], "HOME": str(directory)},
        check=False,
        capture_output=True,
        text=True,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["summary"]["parsing_errors"] == 0
    return {
        (Path(found["file_path"]).stem, found["check_id"], found["resource"].partition(".")[2])
        for found in report["results"]["failed_checks"]
    }


@pytest.fixture(scope="module")
def findings(
    synthesize_case: Synthesize, tmp_path_factory: pytest.TempPathFactory
) -> set[tuple[str, str, str]]:
    directory = tmp_path_factory.mktemp("templates")
    templates = {case: synthesize_case(case).template.to_json() for case in ALL_CASES}
    templates[_PUT_IN] = {"Resources": {"Open": _security_group_open_to_everyone()}}
    for name, template in templates.items():
        (directory / f"{name}.json").write_text(json.dumps(template))
    return _findings(directory)


def _security_group_open_to_everyone() -> dict[str, Any]:
    ssh = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0"}
    properties = {"GroupDescription": "Open", "SecurityGroupIngress": [ssh]}
    return {"Type": "AWS::EC2::SecurityGroup", "Properties": properties}


def _keeps(kept: Kept, check: str, logical_id: str) -> bool:
    return kept.check == check and logical_id.startswith(kept.parts)


def test_checkov_finds_nothing_that_is_not_kept_with_a_reason(
    findings: set[tuple[str, str, str]],
) -> None:
    ours = {found for found in findings if found[0] != _PUT_IN}
    kept = {found for found in ours if any(_keeps(each, *found[1:]) for each in KEPT)}
    assert ours - kept == set()


def test_checkov_finds_the_fault_that_is_put_in(findings: set[tuple[str, str, str]]) -> None:
    assert (_PUT_IN, "CKV_AWS_24", "Open") in findings


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.check)
def test_what_is_kept_is_still_found(kept: Kept, findings: set[tuple[str, str, str]]) -> None:
    for part in kept.parts:
        assert [
            found
            for found in findings
            if found[1] == kept.check and found[2].startswith(part) and found[0] != _PUT_IN
        ]
