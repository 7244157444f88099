"""CloudFormation calls this on a deployment: no resource type sets SNS's SMS attributes."""

from typing import TYPE_CHECKING, Any

import boto3
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import BotoCoreError, ClientError

from absence_texts.custom_resource import SUCCESS, Outcome, answer, failed
from absence_texts.telemetry import make_logger

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

logger = make_logger("sms_account")


@logger.inject_lambda_context
def handler(event: dict[str, Any], _context: LambdaContext) -> None:
    outcome = set_attributes(event, boto3.client("sns"))
    logger.info("deployment answered", extra=dict(outcome))
    answer(event, outcome, physical_id="sms-account")


def set_attributes(event: dict[str, Any], sns: "SNSClient") -> Outcome:
    """Set what the template says, or let the deployment fail with what SNS says.

    A stack that is deleted leaves the account as it is.
    """
    if event["RequestType"] == "Delete":
        return SUCCESS
    try:
        sns.set_sms_attributes(attributes=event["ResourceProperties"]["Attributes"])
    except (BotoCoreError, ClientError) as error:
        return failed(f"SNS's SMS attributes: {error}")
    return SUCCESS
