"""The mail about the day: who may mail to whom, when, and what happens if no mail leaves."""

import json

from absence_texts.vocabulary import Count
from infra.day_mail import MAILER_TIMEOUT_SECONDS
from mail_day.due import CLAIM_LASTS
from tests.support.synthesized import Properties, Synthesized


def _right(synthesized: Synthesized) -> Properties:
    (right,) = (
        statement
        for _role, statement in synthesized.statements()
        if "ses:" in json.dumps(statement["Action"])
    )
    return right


def test_it_is_looked_at_as_often_as_detection_runs(synthesized: Synthesized) -> None:
    detection, mail = (synthesized.schedule(each) for each in ("detect_absences", "mail_day"))
    assert mail["ScheduleExpression"] == detection["ScheduleExpression"]
    assert mail["ScheduleExpressionTimezone"] == "Europe/London"


def test_a_call_has_ended_when_another_may_send_its_mail(synthesized: Synthesized) -> None:
    assert synthesized.function("mail_day")["Timeout"] == MAILER_TIMEOUT_SECONDS
    assert CLAIM_LASTS.total_seconds() > MAILER_TIMEOUT_SECONDS
    assert synthesized.asynchronous_calls("mail_day")["MaximumRetryAttempts"] == 0


def test_it_may_mail_from_one_address_to_the_stages_addresses_only(
    synthesized: Synthesized,
) -> None:
    stage = synthesized.stage
    assert _right(synthesized)["Condition"] == {
        "StringEquals": {"ses:FromAddress": stage.mail_from},
        "ForAllValues:StringEquals": {"ses:Recipients": [*stage.mail_to]},
    }


def test_its_right_is_on_the_identities_of_these_addresses_and_no_other(
    synthesized: Synthesized,
) -> None:
    arns = [arn["Fn::Join"][1][-1] for arn in _right(synthesized)["Resource"]]
    assert [arn.removeprefix(":identity/") for arn in arns] == [
        "absence-texts@college.example",
        "attendance@college.example",
        "college.example",
        "office@staff.example",
        "staff.example",
    ]


def test_ops_hear_of_a_mail_that_three_calls_did_not_send(synthesized: Synthesized) -> None:
    (alarm,) = (
        alarm
        for alarm in synthesized.all("AWS::CloudWatch::Alarm").values()
        if alarm.get("MetricName") == Count.MAILS_ON_TIME
    )
    assert alarm["Period"] == synthesized.stage.minutes_between_runs * 60
    assert (alarm["EvaluationPeriods"], alarm["Threshold"]) == (3, 1)
    assert alarm["ComparisonOperator"] == "LessThanThreshold"
    assert alarm["TreatMissingData"] == "breaching"


def test_a_stage_that_mails_to_nobody_has_no_function_schedule_or_alarm_for_it(
    without_mails: Synthesized,
) -> None:
    template = json.dumps(without_mails.template.to_json())
    assert "mail_day.handler" not in template
    assert Count.MAILS_ON_TIME not in template
    assert len(without_mails.all("AWS::Scheduler::Schedule")) == 1
