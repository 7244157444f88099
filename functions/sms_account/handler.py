"""CloudFormation calls this on a deployment: no resource type of its own sets SNS's SMS attributes.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
"""

import json
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import boto3
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import BotoCoreError, ClientError

from absence_texts.telemetry import make_logger

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

logger = make_logger("sms_account")
_SAME = ("StackId", "RequestId", "LogicalResourceId")
_ANSWERED_WITHIN_SECONDS = 20


@logger.inject_lambda_context
def handler(event: dict[str, Any], _context: LambdaContext) -> None:
    outcome = set_attributes(event, boto3.client("sns"))
    logger.info("deployment answered", extra=outcome)
    same = {name: event[name] for name in _SAME}
    _send(event["ResponseURL"], {**same, **outcome, "PhysicalResourceId": "sms-account"})


def set_attributes(event: dict[str, Any], sns: "SNSClient") -> dict[str, str]:
    """Set what the template says, or let the deployment fail with what SNS says.

    A stack that is deleted leaves the account as it is.
    """
    if event["RequestType"] == "Delete":
        return {"Status": "SUCCESS"}
    try:
        sns.set_sms_attributes(attributes=event["ResourceProperties"]["Attributes"])
    except (BotoCoreError, ClientError) as error:
        return {"Status": "FAILED", "Reason": f"SNS's SMS attributes: {error}"}
    return {"Status": "SUCCESS"}


def _send(address: str, answer: dict[str, str]) -> None:
    # The address is signed for an empty content type.
    request = Request(  # noqa: S310 (CloudFormation's own address)
        address, json.dumps(answer).encode(), {"Content-Type": ""}, method="PUT"
    )
    with urlopen(request, timeout=_ANSWERED_WITHIN_SECONDS):  # noqa: S310 (likewise)
        pass
