from tests.support.synthesized import Synthesized

_EVERY_FIVE_MINUTES = "cron(0/5 * * * ? *)"
_EXPRESSIONS = {
    "local": "rate(1 minute)",
    "pilot": _EVERY_FIVE_MINUTES,
    "live": _EVERY_FIVE_MINUTES,
}


def test_detection_runs_on_the_stages_schedule_in_a_networks_time_zone(
    synthesized: Synthesized,
) -> None:
    schedule = synthesized.schedule("detect_absences")
    assert schedule["ScheduleExpression"] == _EXPRESSIONS[synthesized.stage.name]
    assert schedule["ScheduleExpressionTimezone"] == "Europe/London"
    assert schedule["FlexibleTimeWindow"] == {"Mode": "OFF"}


def test_a_run_that_the_next_run_has_replaced_is_not_started(synthesized: Synthesized) -> None:
    until_the_next = synthesized.stage.minutes_between_runs * 60
    policy = synthesized.schedule("detect_absences")["Target"]["RetryPolicy"]
    calls = synthesized.asynchronous_calls("detect_absences")
    assert policy["MaximumEventAgeInSeconds"] == until_the_next
    assert calls["MaximumEventAgeInSeconds"] == until_the_next


def test_a_run_of_detection_has_ended_when_the_next_is_due(synthesized: Synthesized) -> None:
    until_the_next = synthesized.stage.minutes_between_runs * 60
    assert synthesized.function("detect_absences")["Timeout"] < until_the_next


def test_a_run_that_could_not_be_started_is_tried_again_and_then_kept(
    synthesized: Synthesized,
) -> None:
    target = synthesized.schedule("detect_absences")["Target"]
    kept = synthesized.output("FailedRunsQueueUrl")
    assert target["RetryPolicy"]["MaximumRetryAttempts"] > 0
    assert target["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": [kept, "Arn"]}}
