"""What `preflight` asks of AWS, with each answer that AWS gives, as botocore checks its shape."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from io import StringIO
from types import MappingProxyType
from typing import Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import ANY, Stubber

from infra.stages.stage import LinkDomain, Stage
from infra.stages.values import LIVE
from ops.command_line import make_parser
from ops.context import AccountContext
from ops.preflight.account import Account
from ops.preflight.answer import Answer, Sign
from ops.preflight.command import answers_of, run
from ops.preflight.database_secrets import ask_secrets, secret_names
from ops.preflight.delivery_logs import ask_delivery_logs
from ops.preflight.deployment import ask_bootstrap, ask_certificate, ask_concurrency
from ops.preflight.sms import SMS_VOICE, ask_sandbox, ask_sender_id, ask_spend
from ops.terminal import make_console
from record_delivery.sns_delivery_log import both_groups, delivered_group
from tests.unit.ops.conftest import SECRET

ACCOUNT = "123456789012"
STAGE = replace(LIVE, account=ACCOUNT, spend_limit_usd=500)
IDENTITY = {"UserId": "AROAEXAMPLE", "Account": ACCOUNT, "Arn": f"arn:aws:sts::{ACCOUNT}:root"}
SENDER_ID_ARN = f"arn:aws:sms-voice:eu-west-2:{ACCOUNT}:sender-id/{STAGE.sender_id}/GB"
CERTIFICATE = f"arn:aws:acm:eu-west-2:{ACCOUNT}:certificate/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f"
NO_STACK = f"Stack with id {STAGE.stack_name} does not exist"


class Aws:
    """Clients of AWS's services, each with its answers in order."""

    def __init__(self, close: ExitStack) -> None:
        self._close = close
        self._stubbers: dict[str, tuple[Any, Stubber]] = {}

    def client(self, service: str) -> Any:  # noqa: ANN401 (boto3's)
        if service not in self._stubbers:
            client: Any = boto3.client(service, region_name=STAGE.region)  # type: ignore[call-overload]  # any
            stubber = Stubber(client)
            self._close.enter_context(stubber)
            self._stubbers[service] = client, stubber
        return self._stubbers[service][0]

    def answers(
        self, service: str, operation: str, answer: dict[str, Any], **asked: object
    ) -> None:
        self.client(service)
        self._stubbers[service][1].add_response(operation, answer, asked or None)

    def refuses(self, service: str, operation: str, code: str, says: str = "") -> None:
        self.client(service)
        self._stubbers[service][1].add_client_error(operation, code, says)


@pytest.fixture
def aws() -> Iterator[Aws]:
    with ExitStack() as close:
        yield Aws(close)


def ask(
    question: Callable[[Account], Iterable[Answer]],
    aws: Aws,
    *,
    stage: Stage = STAGE,
    outputs: Mapping[str, str] = MappingProxyType({}),
) -> list[tuple[Sign, str]]:
    account = Account(
        stage=stage,
        account_id=ACCOUNT,
        client=aws.client,
        stack_status=None,
        outputs=outputs,
    )
    return [(each.sign, each.says) for each in question(account)]


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


def of_the_account(aws: Aws, stage: Stage = STAGE) -> list[Answer]:
    questions = {"bootstrap": ask_bootstrap, "spend quota": ask_spend}
    return list(answers_of(stage, aws.client, questions))


def test_a_stage_of_no_certain_account_is_wrong_and_its_account_is_asked(aws: Aws) -> None:
    aws.answers("sts", "get_caller_identity", IDENTITY)
    aws.refuses("cloudformation", "describe_stacks", "ValidationError", NO_STACK)
    aws.answers("ssm", "get_parameter", {"Parameter": {"Value": "28"}}, Name=ANY)
    aws.answers(SMS_VOICE, "describe_spend_limits", {"SpendLimits": []})
    found = of_the_account(aws, replace(STAGE, account=None))
    assert [each.sign for each in found] == [Sign.WRONG, Sign.RIGHT, Sign.NOT_KNOWN]


def test_what_the_credentials_may_not_ask_is_not_known_and_the_rest_is_asked(aws: Aws) -> None:
    aws.answers("sts", "get_caller_identity", IDENTITY)
    aws.refuses("cloudformation", "describe_stacks", "ValidationError", NO_STACK)
    aws.refuses("ssm", "get_parameter", "AccessDeniedException", "not authorized")
    aws.answers(SMS_VOICE, "describe_spend_limits", {"SpendLimits": []})
    assert [(each.subject, each.sign) for each in of_the_account(aws)] == [
        ("credentials", Sign.RIGHT),
        ("bootstrap", Sign.NOT_KNOWN),
        ("spend quota", Sign.NOT_KNOWN),
    ]


def test_with_the_credentials_of_another_account_nothing_is_asked(aws: Aws) -> None:
    aws.answers("sts", "get_caller_identity", IDENTITY | {"Account": "210987654321"})
    (answer,) = of_the_account(aws)
    assert answer.sign is Sign.WRONG


@pytest.mark.parametrize("code", ["ExpiredToken", "InvalidClientTokenId"])
def test_credentials_that_aws_refuses_are_wrong(aws: Aws, code: str) -> None:
    aws.refuses("sts", "get_caller_identity", code)
    (answer,) = of_the_account(aws)
    assert (answer.subject, answer.sign) == ("credentials", Sign.WRONG)


def test_an_aws_that_can_not_be_reached_is_not_taken_for_refused_credentials() -> None:
    def no_way(_: str) -> Any:  # noqa: ANN401 (boto3's)
        raise EndpointConnectionError(endpoint_url="https://sts.eu-west-2.amazonaws.com/")

    (answer,) = answers_of(STAGE, no_way)
    assert "route" in answer.mend


def test_the_exit_code_is_1_and_each_fault_has_its_remedy_on_a_line_of_its_own(aws: Aws) -> None:
    aws.answers("sts", "get_caller_identity", IDENTITY | {"Account": "210987654321"})
    printed = StringIO()
    context = AccountContext(stage=STAGE, client=aws.client, console=make_console(printed))
    assert run(context, make_parser().parse_args(["preflight"])) == 1
    fault, mend = printed.getvalue().splitlines()
    assert fault.startswith("✗ credentials: ")
    assert mend.startswith("    https://")
