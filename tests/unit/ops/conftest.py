"""The parts of a deployed stage that the commands read and change, in moto, without a network."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from absence_texts.database import Credentials
from infra.stages.stage import Stage

SECRET = json.dumps({"host": "db", "port": 3306, "username": "u", "password": "p", "dbname": "n"})
CREDENTIALS = Credentials.from_secret(SECRET)
DETECTION_VARIABLES = {
    "STAGE": "live",
    "DATABASE_SECRET_ID": "the-secret",
    "ABSENT_MARK": "N",
    "QUEUE_URL": "https://sqs.example/jobs",
    "SENDING_PARAMETER": "the-switch",
}

_FUNCTION = "detect"


@dataclass
class Account:
    session: boto3.Session
    stack: str = ""
    """The name of the stack, once it is deployed."""

    outputs: dict[str, str] = field(default_factory=lambda: {"DetectAbsencesFunction": _FUNCTION})

    def __post_init__(self) -> None:
        # moto's CloudFormation needs packages that nothing else does.
        self.session.events.register(
            "before-call.cloudformation.DescribeStacks",
            self._describe,  # type: ignore[arg-type]  # the stubs know no handler that answers
        )

    def _describe(self, params: dict[str, Any], **_: object) -> tuple[object, object]:
        name = params["body"]["StackName"]
        if name != self.stack:
            message = f"Stack with id {name} does not exist"
            raise ClientError(
                {"Error": {"Code": "ValidationError", "Message": message}}, "DescribeStacks"
            )
        outputs = [{"OutputKey": key, "OutputValue": each} for key, each in self.outputs.items()]
        stack = {"StackStatus": "CREATE_COMPLETE", "Outputs": outputs}
        return SimpleNamespace(status_code=200), {"Stacks": [stack]}

    def deploy(self, stage: Stage, **variables: str) -> None:
        """Make the function with these environment variables, whose name is the stack's output."""
        trust = json.dumps({"Statement": []})
        role = self.session.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=trust)
        self.session.client("lambda").create_function(
            FunctionName=_FUNCTION,
            Role=role["Role"]["Arn"],
            Code={"ZipFile": b"not run"},
            Handler="h",
            Runtime="python3.13",
            Environment={"Variables": variables},
        )
        self.stack = stage.stack_name

    def keep_secret(self, name: str, secret: str = SECRET) -> None:
        self.session.client("secretsmanager").create_secret(Name=name, SecretString=secret)


@pytest.fixture
def account() -> Iterator[Account]:
    with mock_aws():
        yield Account(boto3.Session())
