"""Sets SNS's SMS attributes, which the account has once in each region."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from absence_texts.custom_resource import SUCCESS, Outcome, failed

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

# The role and the rights are made by the same deployment. IAM may need seconds until each of AWS's
# services knows them, and SNS does not say which refusals will pass.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
TRIED_FOR_SECONDS = 60
_BETWEEN_TRIES_SECONDS = 5


def set_attributes(
    event: dict[str, Any], sns: "SNSClient", *, sleep: Callable[[float], None] = time.sleep
) -> Outcome:
    """Set the attributes that the template names, or fail the deployment with SNS's words.

    If the stack is deleted, the account keeps its attributes.
    """
    if event["RequestType"] == "Delete":
        return SUCCESS
    wanted = event["ResourceProperties"]["Attributes"]
    outcome = _try_to_set(wanted, sns)
    for _ in range(TRIED_FOR_SECONDS // _BETWEEN_TRIES_SECONDS):
        if outcome is SUCCESS:
            break
        sleep(_BETWEEN_TRIES_SECONDS)
        outcome = _try_to_set(wanted, sns)
    return outcome


def _try_to_set(wanted: dict[str, str], sns: "SNSClient") -> Outcome:
    try:
        sns.set_sms_attributes(attributes=wanted)
    except (BotoCoreError, ClientError) as error:
        return failed(f"SNS's SMS attributes: {error}")
    return SUCCESS
