"""Who may call a function."""

import json

from tests.support.synthesized import CALLED_BY_SCHEDULE, Synthesized, as_list


def test_only_the_schedules_the_api_and_snss_logs_may_call_functions(
    synthesized: Synthesized,
) -> None:
    called = {
        (role, json.dumps(statement["Resource"]))
        for role, statement in synthesized.statements()
        if "lambda:InvokeFunction" in as_list(statement["Action"])
    }
    assert called == {
        (
            synthesized.schedule(package)["Target"]["RoleArn"]["Fn::GetAtt"][0],
            json.dumps({"Fn::GetAtt": [synthesized.function_id(package), "Arn"]}),
        )
        for package in CALLED_BY_SCHEDULE
    }
    permissions = synthesized.all("AWS::Lambda::Permission").values()
    assert all("SourceArn" in permission for permission in permissions)
    reader = json.dumps({"Fn::GetAtt": [synthesized.function_id("record_delivery"), "Arn"]})
    link = json.dumps({"Ref": synthesized.alias_id("absence_redirect")})
    assert {
        (permission["Principal"], json.dumps(permission["FunctionName"]))
        for permission in permissions
    } == {
        ("apigateway.amazonaws.com", link),
        ("events.amazonaws.com", link),
        ("logs.amazonaws.com", reader),
        ("events.amazonaws.com", reader),
    }


def test_the_scheduler_takes_its_role_for_this_account_only(synthesized: Synthesized) -> None:
    trusts = [
        statement
        for role in synthesized.all("AWS::IAM::Role").values()
        for statement in role["AssumeRolePolicyDocument"]["Statement"]
        if statement["Principal"] == {"Service": "scheduler.amazonaws.com"}
    ]
    this_account = {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    assert [trust["Condition"] for trust in trusts] == [this_account, this_account]
