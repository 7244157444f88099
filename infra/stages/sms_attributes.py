"""SNS's SMS settings, of which an account has one set in each region."""

from collections.abc import Mapping

from infra.stages.stage import Stage

_ALL_PERCENT = "100"


def sms_attributes(stage: Stage, *, log_role: str) -> Mapping[str, str]:
    """Return what a stage sets: https://docs.aws.amazon.com/sns/latest/api/API_SetSMSAttributes.html.

    `log_role` is the ARN of the role by which SNS writes what became of each text.
    """
    limit = stage.spend_limit_usd
    return ({} if limit is None else {"MonthlySpendLimit": str(limit)}) | {
        "DefaultSMSType": "Transactional",
        "DefaultSenderID": stage.sender_id,
        "DeliveryStatusIAMRole": log_role,
        "DeliveryStatusSuccessSamplingRate": _ALL_PERCENT,
    }
