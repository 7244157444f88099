"""Sets SNS's SMS attributes, which belong to the account and region."""

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from absence_texts.custom_resource import SUCCESS, Outcome, failed

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


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
