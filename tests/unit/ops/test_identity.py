"""Who typed a command: by AWS, or by this machine."""

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from ops.identity import aws_identity, system_user


def test_on_aws_it_is_the_arn_of_the_credentials() -> None:
    with mock_aws():
        assert aws_identity(boto3.Session()).startswith("arn:aws:sts::")


def test_if_sts_gives_no_answer_it_is_this_machines_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "jane")
    session = boto3.Session()

    def refuse(**_: object) -> None:
        raise ClientError({"Error": {"Code": "ExpiredToken"}}, "GetCallerIdentity")

    session.events.register("before-call.sts.GetCallerIdentity", refuse)
    with mock_aws():
        assert aws_identity(session).startswith("jane ")


def test_elsewhere_it_is_this_machines_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "jane")
    assert system_user() == "jane"
