"""Sets SNS's SMS attributes, which the account has once in each region."""

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from absence_texts.custom_resource import SUCCESS, Outcome, failed

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


def set_attributes(event: dict[str, Any], sns: "SNSClient") -> Outcome:
    """Set the attributes that the template names, or fail the deployment with SNS's words.

    If the stack is deleted, the account keeps its attributes.
    """
    if event["RequestType"] == "Delete":
        return SUCCESS
    try:
        sns.set_sms_attributes(attributes=event["ResourceProperties"]["Attributes"])
    except (BotoCoreError, ClientError) as error:
        return failed(f"SNS's SMS attributes: {error}")
    return SUCCESS
