"""The answer to CloudFormation, which called a function during a deployment and waits for it.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.request import Request, urlopen

_SAME = ("StackId", "RequestId", "LogicalResourceId")
_ANSWERED_WITHIN_SECONDS = 20
# CloudFormation accepts 4096 bytes in all.
_LONGEST_REASON_BYTES = 1500

type Outcome = Mapping[str, str]

SUCCESS: Outcome = {"Status": "SUCCESS"}


def failed(reason: str) -> Outcome:
    """Return the outcome that fails the deployment; the stack's events show the reason."""
    shortened = reason.encode()[:_LONGEST_REASON_BYTES].decode(errors="ignore")
    return {"Status": "FAILED", "Reason": shortened}


def answer(event: Mapping[str, Any], outcome: Outcome, *, physical_id: str) -> None:
    """Send the outcome to the address in the event.

    `physical_id` must never change: CloudFormation would think that the resource was replaced,
    and would delete the old one.
    """
    same = {name: event[name] for name in _SAME}
    body = {**same, **outcome, "PhysicalResourceId": physical_id}
    # The address is signed for an empty content type.
    request = Request(  # noqa: S310 (CloudFormation's own address)
        event["ResponseURL"],
        json.dumps(body, ensure_ascii=False).encode(),
        {"Content-Type": ""},
        method="PUT",
    )
    with urlopen(request, timeout=_ANSWERED_WITHIN_SECONDS):  # noqa: S310 (as above)
        pass
