"""checkov checks the synthesized templates, offline. Each accepted finding has its reason."""

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
class Accepted:
    check: str
    parts: tuple[str, ...]
    """How the logical ids of the findings begin. An empty text stands for every id."""
    reason: str


ACCEPTED = (
    Accepted(
        "CKV_AWS_27", ("Jobs", "FailedRuns"), "SQS's own keys encrypt them: it knows only KMS's."
    ),
    Accepted(
        "CKV_AWS_26", ("Watching",), "An alarm's words are no secret; CloudWatch needs a paid key."
    ),
    Accepted(
        "CKV_AWS_158", ("",), "Encrypted by CloudWatch's own key; a key of ours keeps none out."
    ),
    Accepted("CKV_AWS_173", ("",), "Encrypted by Lambda's own key, and no secret: its name alone."),
    Accepted(
        "CKV_AWS_116", ("",), "Failures end elsewhere: docs/decisions/0012-where-failures-end.md"
    ),
    Accepted(
        "CKV_AWS_117", ("",), "In a VPC where the database is reachable only there (`network`)."
    ),
    Accepted(
        "CKV_AWS_115",
        ("AbsenceRedirect", "RecordDelivery", "MigrateDatabase", "MailDay", "SmsAccount"),
        "docs/decisions/0011-the-rate.md",
    ),
    Accepted("CKV_AWS_149", ("Database",), "Encrypted by Secrets Manager's own key."),
    Accepted(
        "CKV_AWS_157",
        ("Database",),
        "A trial can wait for a restart: docs/decisions/0024-a-database-for-trials.md",
    ),
    Accepted("CKV_AWS_118", ("Database",), "CloudWatch's metrics, each minute, are enough for it."),
    Accepted(
        "CKV_AWS_161",
        ("Database",),
        "Users: docs/decisions/0021-a-database-user-for-each-function.md",
    ),
    Accepted("CKV_AWS_111", ("SendSms",), "No policy can name a phone number; topics are denied."),
    Accepted(
        "CKV_AWS_111",
        ("DetectAbsences", "AbsenceRedirect", "RecordDelivery", "MigrateDatabase", "MailDay"),
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


def _accepts(accepted: Accepted, check: str, logical_id: str) -> bool:
    return accepted.check == check and logical_id.startswith(accepted.parts)


def test_checkov_finds_nothing_that_was_not_accepted_with_a_reason(
    findings: set[tuple[str, str, str]],
) -> None:
    ours = {found for found in findings if found[0] != _PUT_IN}
    accepted = {found for found in ours if any(_accepts(each, *found[1:]) for each in ACCEPTED)}
    assert ours - accepted == set()


def test_checkov_finds_the_fault_that_is_put_in(findings: set[tuple[str, str, str]]) -> None:
    assert (_PUT_IN, "CKV_AWS_24", "Open") in findings


@pytest.mark.parametrize("accepted", ACCEPTED, ids=lambda accepted: accepted.check)
def test_every_accepted_finding_is_still_found(
    accepted: Accepted, findings: set[tuple[str, str, str]]
) -> None:
    for part in accepted.parts:
        assert [
            found
            for found in findings
            if found[1] == accepted.check and found[2].startswith(part) and found[0] != _PUT_IN
        ]
