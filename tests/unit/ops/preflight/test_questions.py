"""What `preflight` asks of AWS, with each answer that AWS gives, as botocore checks its shape."""

from dataclasses import replace
from typing import Any

import pytest
from botocore.stub import ANY

from infra.stages.stage import LinkDomain
from ops.preflight.answer import Sign
from ops.preflight.database_secrets import ask_secrets, secret_names
from ops.preflight.delivery_logs import ask_delivery_logs
from ops.preflight.deployment import ask_bootstrap, ask_certificate, ask_concurrency
from ops.preflight.sms import SMS_VOICE, ask_sandbox, ask_sender_id, ask_spend
from record_delivery.sns_delivery_log import both_groups, delivered_group
from tests.unit.ops.conftest import SECRET
from tests.unit.ops.preflight.stubbed_aws import ACCOUNT, STAGE, Aws, ask

SENDER_ID_ARN = f"arn:aws:sms-voice:eu-west-2:{ACCOUNT}:sender-id/{STAGE.sender_id}/GB"
CERTIFICATE = f"arn:aws:acm:eu-west-2:{ACCOUNT}:certificate/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f"


def signs(answers: list[tuple[Sign, str]]) -> list[Sign]:
    return [sign for sign, _ in answers]


def test_a_bootstrap_is_read_from_its_parameter(aws: Aws) -> None:
    aws.answers("ssm", "get_parameter", {"Parameter": {"Value": "28"}}, Name=ANY)
    assert ask(ask_bootstrap, aws) == [(Sign.RIGHT, "version 28")]


def test_a_bootstrap_that_is_missing_is_wrong(aws: Aws) -> None:
    aws.refuses("ssm", "get_parameter", "ParameterNotFound")
    assert signs(ask(ask_bootstrap, aws)) == [Sign.WRONG]


def test_what_the_stage_has_reserved_already_is_not_asked_for_twice(aws: Aws) -> None:
    limit = {"ConcurrentExecutions": 106, "UnreservedConcurrentExecutions": 100}
    aws.answers("lambda", "get_account_settings", {"AccountLimit": limit})
    for function, reserved in (("detect", 1), ("send", 5)):
        aws.answers(
            "lambda",
            "get_function_concurrency",
            {"ReservedConcurrentExecutions": reserved},
            FunctionName=function,
        )
    outputs = {"DetectAbsencesFunction": "detect", "SendSmsFunction": "send"}
    assert signs(ask(ask_concurrency, aws, outputs=outputs)) == [Sign.RIGHT]


def test_a_new_accounts_concurrency_is_too_small(aws: Aws) -> None:
    limit = {"ConcurrentExecutions": 10, "UnreservedConcurrentExecutions": 10}
    aws.answers("lambda", "get_account_settings", {"AccountLimit": limit})
    assert signs(ask(ask_concurrency, aws)) == [Sign.WRONG]


def test_the_links_certificate_is_asked_for_if_it_has_a_domain(aws: Aws) -> None:
    domain = LinkDomain(name="absence.college.example", certificate_arn=CERTIFICATE)
    aws.answers(
        "acm",
        "describe_certificate",
        {"Certificate": {"DomainName": domain.name, "Status": "ISSUED"}},
        CertificateArn=CERTIFICATE,
    )
    assert signs(ask(ask_certificate, aws, stage=replace(STAGE, link_domain=domain))) == [
        Sign.RIGHT
    ]
    assert ask(ask_certificate, aws) == []


def test_only_verified_phones_count_in_the_sandbox(aws: Aws) -> None:
    aws.answers("sns", "get_sms_sandbox_account_status", {"IsInSandbox": True})
    phones = [
        {"PhoneNumber": "+447700900001", "Status": "Verified"},
        {"PhoneNumber": "+447700900002", "Status": "Pending"},
    ]
    aws.answers("sns", "list_sms_sandbox_phone_numbers", {"PhoneNumbers": phones})
    listed = {"listed_mobiles": "+447700900001,+447700900002"}
    (answer,) = ask(ask_sandbox, aws, stage=replace(STAGE, name="pilot", settings=listed))
    assert answer == (
        Sign.WRONG,
        "the account is in it; 1 phones are verified, and 1 of listed_mobiles are not",
    )


def test_outside_the_sandbox_no_phone_is_asked_for(aws: Aws) -> None:
    aws.answers("sns", "get_sms_sandbox_account_status", {"IsInSandbox": False})
    assert signs(ask(ask_sandbox, aws)) == [Sign.RIGHT]


def sender_id(**differs: object) -> dict[str, Any]:
    return {
        "SenderIdArn": SENDER_ID_ARN,
        "SenderId": STAGE.sender_id,
        "IsoCountryCode": "GB",
        "MessageTypes": ["TRANSACTIONAL"],
        "MonthlyLeasingPrice": "0.00",
        "DeletionProtectionEnabled": False,
        "Registered": True,
        **differs,
    }


@pytest.mark.parametrize("other", [{"SenderId": "Another"}, {"IsoCountryCode": "DE"}])
def test_another_sender_id_does_not_count(aws: Aws, other: dict[str, str]) -> None:
    found = {"SenderIds": [sender_id(**other)]}
    aws.answers(SMS_VOICE, "describe_sender_ids", found, Owner="SELF")
    assert signs(ask(ask_sender_id, aws)) == [Sign.WRONG]


def test_a_sender_id_that_sns_may_use_is_right(aws: Aws) -> None:
    aws.answers(SMS_VOICE, "describe_sender_ids", {"SenderIds": [sender_id()]}, Owner="SELF")
    policy = '{"Statement": [{"Principal": {"Service": "sns.amazonaws.com"}}]}'
    aws.answers(SMS_VOICE, "get_resource_policy", {"Policy": policy}, ResourceArn=SENDER_ID_ARN)
    assert signs(ask(ask_sender_id, aws)) == [Sign.RIGHT]


def test_a_sender_id_without_a_policy_is_not_enough(aws: Aws) -> None:
    aws.answers(SMS_VOICE, "describe_sender_ids", {"SenderIds": [sender_id()]}, Owner="SELF")
    aws.refuses(SMS_VOICE, "get_resource_policy", "ResourceNotFoundException")
    assert signs(ask(ask_sender_id, aws)) == [Sign.WRONG]


@pytest.mark.parametrize(("quota", "sign"), [(500, Sign.RIGHT), (1, Sign.WRONG)])
def test_the_quota_of_texts_is_compared(aws: Aws, quota: int, sign: Sign) -> None:
    limits = [
        {"Name": name, "EnforcedLimit": 1, "MaxLimit": most, "Overridden": False}
        for name, most in (
            ("VOICE_MESSAGE_MONTHLY_SPEND_LIMIT", 1000),
            ("TEXT_MESSAGE_MONTHLY_SPEND_LIMIT", quota),
        )
    ]
    aws.answers(SMS_VOICE, "describe_spend_limits", {"SpendLimits": limits})
    assert signs(ask(ask_spend, aws)) == [sign]


def test_the_groups_and_their_subscriptions_are_counted(aws: Aws) -> None:
    names = both_groups(delivered_group(region=STAGE.region, account=ACCOUNT))
    groups = [{"logGroupName": name} for name in names]
    aws.answers("logs", "describe_log_groups", {"logGroups": groups}, logGroupNamePrefix=names[0])
    for name, number in zip(names, (1, 2), strict=True):
        filters = [{"filterName": f"{each}"} for each in range(number)]
        aws.answers(
            "logs",
            "describe_subscription_filters",
            {"subscriptionFilters": filters},
            logGroupName=name,
        )
    stage = replace(STAGE, sets_sms_account=False)
    ((sign, says),) = ask(ask_delivery_logs, aws, stage=stage)
    assert sign is Sign.WRONG
    assert says.startswith(names[1])


def test_each_secret_is_read(aws: Aws) -> None:
    first, *others = secret_names(STAGE)
    aws.answers("secretsmanager", "get_secret_value", {"SecretString": SECRET}, SecretId=first)
    for _ in others:
        aws.refuses("secretsmanager", "get_secret_value", "ResourceNotFoundException")
    assert signs(ask(ask_secrets, aws)) == [Sign.RIGHT] + [Sign.WRONG] * len(others)
