"""CloudFormation calls this in a deployment, because no resource type sets SMS attributes."""

from typing import Any

import boto3
from aws_lambda_powertools.utilities.typing import LambdaContext

from absence_texts.custom_resource import answer
from absence_texts.telemetry import make_logger
from sms_account.attributes import set_attributes

logger = make_logger("sms_account")


@logger.inject_lambda_context
def handler(event: dict[str, Any], _context: LambdaContext) -> None:
    outcome = set_attributes(event, boto3.client("sns"))
    logger.info("deployment answered", extra=dict(outcome))
    answer(event, outcome, physical_id="sms-account")
