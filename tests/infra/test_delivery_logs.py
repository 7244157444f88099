"""SNS is told to log each text, and the function that reads the log gets every line."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from infra.stages.stage import Stage
from infra.stages.values import LIVE
from tests.support.synthesized import Properties, Synthesized, synthesize

_GROUP = "sns/AWS::Region/AWS::AccountId/DirectPublishToPhoneNumber"
_NAMES = {_GROUP, f"{_GROUP}/Failure"}


def _text(value: object) -> str:
    """Return a name with the pseudo parameters that CloudFormation puts into it."""
    if isinstance(value, str):
        return value
    assert isinstance(value, dict)
    ((kind, parts),) = value.items()
    return str(parts) if kind == "Ref" else "".join(map(_text, parts[1]))


def _groups(synthesized: Synthesized) -> dict[str, Properties]:
    groups = synthesized.all("AWS::Logs::LogGroup")
    return {name: group for name, group in groups.items() if "LogGroupName" in group}


def _attributes(synthesized: Synthesized) -> dict[str, object]:
    attributes: dict[str, object] = synthesized.only("Custom::SmsAttributes")["Attributes"]
    return attributes


def test_the_log_groups_are_those_that_sns_writes_to(synthesized: Synthesized) -> None:
    names = {_text(group["LogGroupName"]) for group in _groups(synthesized).values()}
    assert names == _NAMES


def test_their_phone_numbers_are_forgotten_after_a_week(synthesized: Synthesized) -> None:
    assert [group["RetentionInDays"] for group in _groups(synthesized).values()] == [7, 7]


def test_every_line_of_both_goes_to_record_delivery(synthesized: Synthesized) -> None:
    filters = synthesized.all("AWS::Logs::SubscriptionFilter").values()
    reader = {"Fn::GetAtt": [synthesized.function_id("record_delivery"), "Arn"]}
    assert {each["LogGroupName"]["Ref"] for each in filters} == set(_groups(synthesized))
    assert all(each["DestinationArn"] == reader for each in filters)
    assert all(each["FilterPattern"] == "" for each in filters)


def test_receipts_that_wait_are_looked_at_every_five_minutes(synthesized: Synthesized) -> None:
    (target,) = synthesized.rule("rate(5 minutes)")["Targets"]
    assert target["Arn"] == {"Fn::GetAtt": [synthesized.function_id("record_delivery"), "Arn"]}


def test_lines_that_could_not_be_read_end_in_no_queue(synthesized: Synthesized) -> None:
    """The event holds phone numbers, and SNS's log groups keep the lines anyway."""
    calls = synthesized.asynchronous_calls("record_delivery")
    assert "DestinationConfig" not in calls
    assert "DeadLetterConfig" not in synthesized.function("record_delivery")


def test_lines_are_read_again_for_as_long_as_lambda_can(synthesized: Synthesized) -> None:
    calls = synthesized.asynchronous_calls("record_delivery")
    assert calls["MaximumRetryAttempts"] == 2
    assert calls["MaximumEventAgeInSeconds"] == 6 * 60 * 60


def test_sns_is_told_to_write_down_every_text(in_a_network: Synthesized) -> None:
    attributes = _attributes(in_a_network)
    role = attributes.pop("DeliveryStatusIAMRole")
    assert attributes == {
        "DefaultSMSType": "Transactional",
        "DefaultSenderID": "Runshaw",
        "DeliveryStatusSuccessSamplingRate": "100",
    }
    writer, _attribute = role["Fn::GetAtt"]  # type: ignore[index]  # a template's any value
    trust = in_a_network.all("AWS::IAM::Role")[writer]["AssumeRolePolicyDocument"]
    assert trust["Statement"][0]["Principal"] == {"Service": "sns.amazonaws.com"}


def test_sns_may_write_to_these_log_groups_only(in_a_network: Synthesized) -> None:
    (resources,) = (
        statement["Resource"]
        for _role, statement in in_a_network.statements()
        if "logs:CreateLogGroup" in statement["Action"]
    )
    assert {name["Fn::GetAtt"][0] for name in resources} == set(_groups(in_a_network))


def test_what_sets_sns_up_may_pass_on_one_role(in_a_network: Synthesized) -> None:
    (passed,) = (
        statement
        for _role, statement in in_a_network.statements()
        if statement["Action"] == "iam:PassRole"
    )
    assert passed["Resource"] == _attributes(in_a_network)["DeliveryStatusIAMRole"]
    assert passed["Condition"] == {"StringEquals": {"iam:PassedToService": "sns.amazonaws.com"}}


def test_what_sets_sns_up_has_all_it_needs_before_it_is_called(
    in_a_network: Synthesized,
) -> None:
    (resource,) = in_a_network.template.find_resources("Custom::SmsAttributes").values()
    policies = in_a_network.all("AWS::IAM::Policy")
    needed = {
        name
        for name, policy in policies.items()
        if "SetSMSAttributes" in json.dumps(policy) or "CreateLogGroup" in json.dumps(policy)
    }
    assert len(needed) == 2
    assert needed <= set(resource["DependsOn"])


def test_a_spend_limit_is_set_when_the_stage_has_one(tmp_path: Path) -> None:
    limited = synthesize(replace(LIVE, spend_limit_usd=400), tmp_path)
    assert _attributes(limited)["MonthlySpendLimit"] == "400"


@pytest.mark.parametrize("stage", [replace(LIVE, sets_sms_account=False)], ids=["second stage"])
def test_a_second_stage_in_an_account_reads_the_firsts_log_groups_and_sets_nothing(
    stage: Stage, tmp_path: Path
) -> None:
    second = synthesize(stage, tmp_path)
    filters = second.all("AWS::Logs::SubscriptionFilter").values()
    assert {_text(each["LogGroupName"]) for each in filters} == _NAMES
    assert _groups(second) == {}
    assert second.all("Custom::SmsAttributes") == {}
