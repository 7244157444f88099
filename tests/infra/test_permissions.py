import json

import pytest

from tests.support.synthesized import CALLED_BY_SCHEDULE, Properties, Synthesized, as_list

_ANY_RESOURCE = {
    # A policy can name no phone number. Topics are denied, see below.
    "sns:Publish",
    # A policy can't name the account's SMS settings either.
    "sns:SetSMSAttributes",
    # Allowed only through SNS, see below.
    "sms-voice:SendTextMessage",
    "sms-voice:SetTextMessageSpendLimitOverride",
    # Lambda attaches a function to a VPC by its role, and EC2's Describe calls name no resource.
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
}
_LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}
_DATABASE = "secretsmanager:GetSecretValue"
_FUNCTIONS = {
    "detect_absences": {*_LOGS, _DATABASE, "sqs:SendMessage", "ssm:GetParameter"},
    "send_sms": {
        *_LOGS,
        _DATABASE,
        # Lambda polls with these rights, and the sender hides a failed job.
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:ChangeMessageVisibility",
        "sns:Publish",
        "sms-voice:SendTextMessage",
        "ssm:GetParameter",
    },
    "absence_redirect": {*_LOGS, _DATABASE},
    "record_delivery": {*_LOGS, _DATABASE, "logs:FilterLogEvents"},
    "migrate_database": {*_LOGS, _DATABASE},
    "mail_day": {*_LOGS, _DATABASE, "ssm:GetParameter", "ses:SendEmail", "ses:SendRawEmail"},
    "sms_account": {
        *_LOGS,
        "sns:SetSMSAttributes",
        "iam:PassRole",
        "sms-voice:SetTextMessageSpendLimitOverride",
    },
}
_SERVICES = {
    **{
        f"{package}'s schedule": {"lambda:InvokeFunction", "sqs:SendMessage"}
        for package in CALLED_BY_SCHEDULE
    },
    "sns.amazonaws.com": {*_LOGS, "logs:CreateLogGroup"},
}
_NO_DATABASE = {"sms_account"}
_NOT_LOCAL = {"sms_account", "sns.amazonaws.com"}


def _allowed(synthesized: Synthesized) -> list[Properties]:
    return [found for _role, found in synthesized.statements() if found["Effect"] == "Allow"]


def test_no_policy_allows_an_action_with_a_wildcard(synthesized: Synthesized) -> None:
    for statement in _allowed(synthesized):
        assert "NotAction" not in statement
        assert not [action for action in as_list(statement["Action"]) if "*" in action]


def test_no_policy_allows_any_resource_but_for_the_listed_actions(
    synthesized: Synthesized,
) -> None:
    for statement in _allowed(synthesized):
        assert "NotResource" not in statement
        if "*" in json.dumps(statement["Resource"]):
            assert set(as_list(statement["Action"])) <= _ANY_RESOURCE


def test_roles_have_no_managed_and_no_inline_policies_that_these_tests_would_not_see(
    synthesized: Synthesized,
) -> None:
    assert not synthesized.all("AWS::IAM::ManagedPolicy")
    for role in synthesized.all("AWS::IAM::Role").values():
        assert not role.keys() & {"ManagedPolicyArns", "Policies"}


def _holders(synthesized: Synthesized) -> dict[str, str]:
    """Return the holder of each role, by its logical id: a package, its schedule or a service."""
    functions = {
        function["Role"]["Fn::GetAtt"][0]: function["Handler"].partition(".")[0]
        for function in synthesized.all("AWS::Lambda::Function").values()
    }
    services = {
        name: role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"]
        for name, role in synthesized.all("AWS::IAM::Role").items()
    }
    schedules = {
        synthesized.schedule(package)["Target"]["RoleArn"]["Fn::GetAtt"][0]: f"{package}'s schedule"
        for package in CALLED_BY_SCHEDULE
    }
    return services | functions | schedules


def test_each_role_may_do_what_its_holder_does_and_no_more(synthesized: Synthesized) -> None:
    holders = _holders(synthesized)
    may: dict[str, set[str]] = {holder: set() for holder in holders.values()}
    for role, statement in synthesized.statements():
        if statement["Effect"] == "Allow":
            may[holders[role]] |= {*as_list(statement["Action"])}
    network = {action for action in _ANY_RESOURCE if action.startswith("ec2:")}
    expected = dict(_SERVICES)
    for package, actions in _FUNCTIONS.items():
        reaches_out = synthesized.stage.network and package not in _NO_DATABASE
        expected[package] = actions | (network if reaches_out else set())
    absent = _NOT_LOCAL if synthesized.stage.name == "local" else set()
    assert may == {holder: expected[holder] for holder in expected.keys() - absent}


def test_each_role_is_held_by_one_function_or_service(synthesized: Synthesized) -> None:
    holders = _holders(synthesized)
    assert len(set(holders.values())) == len(holders)


@pytest.mark.parametrize("package", sorted(_FUNCTIONS.keys() - _NO_DATABASE))
def test_a_function_reads_its_own_database_secret_and_no_other(
    synthesized: Synthesized, package: str
) -> None:
    function = synthesized.function(package)
    role, _attribute = function["Role"]["Fn::GetAtt"]
    (secret,) = (
        json.dumps(statement["Resource"])
        for holder, statement in synthesized.statements()
        if holder == role and "secretsmanager:GetSecretValue" in as_list(statement["Action"])
    )
    name = function["Environment"]["Variables"]["DATABASE_SECRET_ID"]
    assert f":secret:{name}-??????" in secret
    assert name == f"absence-texts/{synthesized.stage.name}/{package}"


def test_texts_go_to_phones_and_never_to_topics(synthesized: Synthesized) -> None:
    role, _attribute = synthesized.function("send_sms")["Role"]["Fn::GetAtt"]
    (denied,) = (
        statement["Resource"]
        for holder, statement in synthesized.statements()
        if holder == role and statement["Effect"] == "Deny" and statement["Action"] == "sns:Publish"
    )
    assert denied == {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":sns:*:*:*"]]}


def test_what_sns_has_another_service_do_is_allowed_through_sns_only(
    synthesized: Synthesized,
) -> None:
    found = [
        statement
        for statement in _allowed(synthesized)
        if any(action.startswith("sms-voice:") for action in as_list(statement["Action"]))
    ]
    assert found
    for statement in found:
        assert statement["Condition"] == {
            "StringEquals": {"aws:CalledViaLast": "sns.amazonaws.com"}
        }
