"""What the first text needs of the account's SMS settings.

SNS sends texts through AWS End User Messaging SMS.
https://docs.aws.amazon.com/sns/latest/dg/sns-mobile-phone-number-as-subscriber.html
"""

import json
from collections.abc import Collection, Iterator, Mapping

from infra.stages.stage import Stage
from ops.preflight.account import Account, pages, unless_missing
from ops.preflight.answer import Answer, not_known, right, wrong

SMS_VOICE = "pinpoint-sms-voice-v2"
"""boto3's name of AWS End User Messaging SMS."""
_COUNTRY = "GB"
_TEXTS = "TEXT_MESSAGE_MONTHLY_SPEND_LIMIT"
_PAGE = "docs/operations/sms-account.md"
_POLICIES = "https://docs.aws.amazon.com/sms-voice/latest/userguide/shared-resources.html"
_MAY_USE = "sns.amazonaws.com"


def ask_sandbox(account: Account) -> Iterator[Answer]:
    sns = account.client("sns")
    in_sandbox = sns.get_sms_sandbox_account_status()["IsInSandbox"]
    verified = {
        phone["PhoneNumber"]
        for page in (pages(sns, "list_sms_sandbox_phone_numbers") if in_sandbox else ())
        for phone in page["PhoneNumbers"]
        if phone.get("Status") == "Verified"
    }
    yield decide_sandbox(account.stage, in_sandbox=in_sandbox, verified=verified)


def decide_sandbox(stage: Stage, *, in_sandbox: bool, verified: Collection[str]) -> Answer:
    """Count the phones that can't get a text yet. No number is printed."""
    if not in_sandbox:
        return right("SMS sandbox", "the account has left it")
    if stage.name == "live":
        says = "the account is in it, and texts verified phones only"
        return wrong("SMS sandbox", says, f"{_PAGE}: Leave the sandbox")
    listed = [each.strip() for each in stage.settings.get("listed_mobiles", "").split(",")]
    waiting = [each for each in listed if each and each not in verified]
    if waiting or not verified:
        says = (
            f"the account is in it; {len(verified)} phones are verified, and {len(waiting)} of"
            " listed_mobiles are not"
        )
        return wrong("SMS sandbox", says, f"{_PAGE}: Verify the volunteers' phones")
    return right("SMS sandbox", f"the account is in it, and {len(verified)} phones are verified")


def ask_sender_id(account: Account) -> Iterator[Answer]:
    client = account.client(SMS_VOICE)
    found = [
        each
        for page in pages(client, "describe_sender_ids", Owner="SELF")
        for each in page["SenderIds"]
        if each["SenderId"] == account.stage.sender_id and each["IsoCountryCode"] == _COUNTRY
    ]
    if not found:
        yield decide_sender_id(account.stage, registered=None, policy=None)
        return
    arn = found[0]["SenderIdArn"]
    policy = unless_missing(lambda: client.get_resource_policy(ResourceArn=arn))
    yield decide_sender_id(
        account.stage,
        registered=found[0]["Registered"],
        policy=json.loads((policy or {}).get("Policy") or "{}"),
    )


def decide_sender_id(
    stage: Stage, *, registered: bool | None, policy: Mapping[str, object] | None
) -> Answer:
    """https://docs.aws.amazon.com/sms-voice/latest/userguide/registrations.html."""
    subject, mend = f"sender id {stage.sender_id}", f"{_PAGE}: The sender id"
    if registered is None:
        says = f"the account owns none of this name for {_COUNTRY}, and SNS sends no text without"
        return wrong(subject, says, mend)
    if not registered:
        return wrong(subject, f"is not registered for {_COUNTRY} yet", mend)
    if _MAY_USE not in json.dumps(policy):
        says = f"is registered for {_COUNTRY}, and has no policy that lets {_MAY_USE} use it"
        return wrong(subject, says, _POLICIES)
    return right(subject, f"is registered for {_COUNTRY}, and SNS may use it")


def ask_spend(account: Account) -> Iterator[Answer]:
    limits = {
        each["Name"]: each
        for page in pages(account.client(SMS_VOICE), "describe_spend_limits")
        for each in page["SpendLimits"]
    }
    yield decide_spend(account.stage, limits[_TEXTS]["MaxLimit"] if _TEXTS in limits else None)


def decide_spend(stage: Stage, quota_usd: int | None) -> Answer:
    """https://docs.aws.amazon.com/sms-voice/latest/userguide/spend-limit.html."""
    subject, mend = "spend quota", f"{_PAGE}: The spend quota"
    wanted = stage.spend_limit_usd
    if quota_usd is None:
        return not_known(subject, "AWS names none for texts", mend)
    if wanted is None:
        says = f"US${quota_usd} a month; spend_limit_usd is not set, so no alarm watches it"
        return wrong(subject, says, f"{mend}, and infra/stages/values.py")
    if wanted > quota_usd:
        says = f"US${quota_usd} a month is less than spend_limit_usd, {wanted}: SNS will refuse it"
        return wrong(subject, says, mend)
    return right(subject, f"US${quota_usd} a month, of which the stage may use {wanted}")
