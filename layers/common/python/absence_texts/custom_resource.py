"""What a function answers CloudFormation, which called it during a deployment and waits.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.request import Request, urlopen

_SAME = ("StackId", "RequestId", "LogicalResourceId")
_ANSWERED_WITHIN_SECONDS = 20
# CloudFormation takes 4096 bytes in all.
_LONGEST_REASON = 1000

type Outcome = Mapping[str, str]

SUCCESS: Outcome = {"Status": "SUCCESS"}


def failed(reason: str) -> Outcome:
    """Return what fails the deployment; its events show the reason to whoever deploys."""
    return {"Status": "FAILED", "Reason": reason[:_LONGEST_REASON]}


def answer(event: Mapping[str, Any], outcome: Outcome, *, physical_id: str) -> None:
    """Send the outcome to where the event says.

    `physical_id` stays the same for good: under another one CloudFormation would take the
    resource for replaced, and have the former one deleted.
    """
    same = {name: event[name] for name in _SAME}
    body = {**same, **outcome, "PhysicalResourceId": physical_id}
    # The address is signed for an empty content type.
    request = Request(  # noqa: S310 (CloudFormation's own address)
        event["ResponseURL"], json.dumps(body).encode(), {"Content-Type": ""}, method="PUT"
    )
    with urlopen(request, timeout=_ANSWERED_WITHIN_SECONDS):  # noqa: S310 (likewise)
        pass
