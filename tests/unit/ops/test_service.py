"""What is deployed around the database, and how it is found."""

import json
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from ops.__main__ import main
from ops.service import local_service, service_of_function
from ops.target import NoTargetError


@pytest.fixture
def session() -> Iterator[boto3.Session]:
    with mock_aws():
        yield boto3.Session()


def deploy(session: boto3.Session, **variables: str) -> None:
    trust = json.dumps({"Statement": []})
    role = session.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=trust)
    session.client("lambda").create_function(
        FunctionName="detect",
        Role=role["Role"]["Arn"],
        Code={"ZipFile": b"not run"},
        Handler="h",
        Runtime="python3.13",
        Environment={"Variables": variables},
    )


def test_a_deployed_detection_function_names_the_switch_and_the_queue(
    session: boto3.Session,
) -> None:
    deploy(session, QUEUE_URL="https://sqs.example/jobs", SENDING_PARAMETER="the-switch")
    service = service_of_function("detect", session)
    assert service.queue_address == "https://sqs.example/jobs"
    assert service.sending_parameter == "the-switch"


def test_another_function_is_refused_by_name(session: boto3.Session) -> None:
    deploy(session, STAGE="live")
    with pytest.raises(NoTargetError, match="detect is no detection function"):
        service_of_function("detect", session)


def test_the_local_stack_is_read_from_its_file(tmp_path: Path) -> None:
    stack = tmp_path / "stack.json"
    facts = {
        "ministack_address": "http://127.0.0.1:4566",
        "queue_address": "http://127.0.0.1:4566/000000000000/jobs",
        "sending_parameter": "the-switch",
    }
    stack.write_text(json.dumps(facts))
    service = local_service(stack)
    assert service.sqs.meta.endpoint_url == service.ssm.meta.endpoint_url == "http://127.0.0.1:4566"
    assert service.sending_parameter == "the-switch"


def test_without_a_local_stack_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoTargetError, match="make up"):
        local_service(tmp_path / "stack.json")


def test_a_secret_alone_names_no_switch(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--secret", "the-secret", "pause"]) == 2
    assert "name its function with --function" in " ".join(capsys.readouterr().out.split())
