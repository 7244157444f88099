"""The parts of a deployed stage that the commands read and change, in moto, without a network."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import boto3
import pytest
from moto import mock_aws

from absence_texts.database import Credentials

FUNCTION = "detect"
SECRET = json.dumps({"host": "db", "port": 3306, "username": "u", "password": "p", "dbname": "n"})
CREDENTIALS = Credentials.from_secret(SECRET)
DETECTION_VARIABLES = {
    "STAGE": "live",
    "DATABASE_SECRET_ID": "the-secret",
    "ABSENT_MARK": "N",
    "QUEUE_URL": "https://sqs.example/jobs",
    "SENDING_PARAMETER": "the-switch",
}


@dataclass(frozen=True)
class Account:
    session: boto3.Session

    def deploy(self, **variables: str) -> None:
        """Make the function with these environment variables."""
        trust = json.dumps({"Statement": []})
        role = self.session.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=trust)
        self.session.client("lambda").create_function(
            FunctionName=FUNCTION,
            Role=role["Role"]["Arn"],
            Code={"ZipFile": b"not run"},
            Handler="h",
            Runtime="python3.13",
            Environment={"Variables": variables},
        )

    def keep_secret(self, name: str, secret: str = SECRET) -> None:
        self.session.client("secretsmanager").create_secret(Name=name, SecretString=secret)


@pytest.fixture
def account() -> Iterator[Account]:
    with mock_aws():
        yield Account(boto3.Session())
