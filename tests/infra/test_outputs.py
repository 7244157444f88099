from infra.repository import ROOT
from tests.support.synthesized import Synthesized


def test_the_outputs_that_the_local_stack_and_ops_read(synthesized: Synthesized) -> None:
    assert set(synthesized.template.to_json()["Outputs"]) == {
        "ApiAddress",
        "QueueUrl",
        "DeadLetterQueueUrl",
        "FailedRunsQueueUrl",
        "DetectAbsencesFunction",
        "SendSmsFunction",
        "AbsenceRedirectFunction",
        "RecordDeliveryFunction",
        "MailDayFunction",
        "ScheduleName",
        "Dashboard",
        "SendingParameter",
    } | ({"SmsLogRole"} if synthesized.stack.sets_sms_account else set())


def test_a_domain_of_its_own_says_where_its_dns_record_must_lead(
    with_everything: Synthesized,
) -> None:
    target = with_everything.template.to_json()["Outputs"]["LinkDomainTarget"]["Value"]
    (domain,) = with_everything.all("AWS::ApiGatewayV2::DomainName")
    assert target == {"Fn::GetAtt": [domain, "RegionalDomainName"]}


def test_sending_is_on_after_the_first_deployment(synthesized: Synthesized) -> None:
    assert synthesized.output("SendingParameter") in synthesized.all("AWS::SSM::Parameter")
    assert synthesized.only("AWS::SSM::Parameter")["Value"] == "on"


def test_nobody_chose_a_physical_name_that_a_second_stack_would_clash_with(
    synthesized: Synthesized,
) -> None:
    for resource_type, name in (
        ("AWS::Lambda::Function", "FunctionName"),
        ("AWS::SQS::Queue", "QueueName"),
        ("AWS::IAM::Role", "RoleName"),
        ("AWS::Logs::LogGroup", "LogGroupName"),
        ("AWS::Scheduler::Schedule", "Name"),
    ):
        for properties in synthesized.all(resource_type).values():
            # SNS dictates the names of the log groups that it writes to itself.
            assert name not in properties or "DirectPublishToPhoneNumber" in str(properties[name])


def test_the_lock_of_the_command_line_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
