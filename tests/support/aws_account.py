"""The AWS account of a function in a test: moto stands in for AWS's services."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import time
from typing import TYPE_CHECKING

import boto3
import pytest
from aws_lambda_powertools.utilities import parameters
from moto import mock_aws

from absence_texts.database import Credentials
from local.college_clock import offset_to
from record_delivery.sns_delivery_log import both_groups
from tests.support import sending_switch
from tests.support.runs import COMMON

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

SWITCH = COMMON["sending_parameter"]


@contextmanager
def aws_account(credentials: Credentials, environment: pytest.MonkeyPatch) -> Iterator["SQSClient"]:
    """Set up the secret, the switch and the queue, and the environment that names them."""
    with mock_aws():
        name, secret = COMMON["database_secret_id"], json.dumps(asdict(credentials))
        boto3.client("secretsmanager").create_secret(Name=name, SecretString=secret)
        turn("on")
        for group in both_groups(COMMON["delivery_logs"]):
            boto3.client("logs").create_log_group(logGroupName=group)
        sqs = boto3.client("sqs")
        variables = {name.upper(): value for name, value in COMMON.items()} | {
            "CLOCK_OFFSET_SECONDS": f"{offset_to(time(11, 40)).total_seconds():.0f}",
            "QUEUE_URL": sqs.create_queue(QueueName="jobs")["QueueUrl"],
            "SENDER_ID": "College",
            "ACCEPT_FICTIONAL_MOBILES": "true",
        }
        for name, value in variables.items():
            environment.setenv(name, value)
        yield sqs


def turn(switch: str) -> None:
    """Turn the switch that pauses sending, and let the functions see its new value at once."""
    sending_switch.turn(switch)
    clear_cached_parameters()


def clear_cached_parameters() -> None:
    """Clear the secrets and parameters that Powertools caches."""
    parameters.clear_caches()  # type: ignore[no-untyped-call]  # Powertools left it untyped
