"""What `preflight` does with the credentials of the shell."""

from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import ANY

from infra.stages.stage import Stage
from ops.command_line import make_parser
from ops.context import AccountContext
from ops.preflight.answer import Answer, Sign
from ops.preflight.command import answers_of, run
from ops.preflight.deployment import ask_bootstrap
from ops.preflight.sms import SMS_VOICE, ask_spend
from ops.terminal import make_console
from tests.unit.ops.preflight.stubbed_aws import IDENTITY, STAGE, Aws

NO_STACK = f"Stack with id {STAGE.stack_name} does not exist"


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
