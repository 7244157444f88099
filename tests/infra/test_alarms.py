import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from absence_redirect.lookup import DATABASE_SECONDS
from absence_texts.ledger import REQUEUE_AFTER
from absence_texts.vocabulary import Count, Reason
from infra.repository import ROOT
from infra.stages.values import LIVE
from tests.infra.conftest import Synthesize
from tests.support.synthesized import Properties, Synthesized, synthesize

_RUNBOOKS = ROOT / "docs" / "operations" / "runbooks"


def _alarms(synthesized: Synthesized) -> dict[str, Properties]:
    return synthesized.all("AWS::CloudWatch::Alarm")


def _metrics(alarm: Properties) -> Iterator[Properties]:
    """Yield what an alarm looks at: one metric, or those of an expression."""
    if "MetricName" in alarm:
        yield alarm
    for part in alarm.get("Metrics", ()):
        if "MetricStat" in part:
            yield part["MetricStat"]["Metric"]


def _watched(synthesized: Synthesized, namespace: str, dimension: str) -> dict[str, set[str]]:
    """Return the metrics that alarms watch, by the resource that they are of."""
    watched: dict[str, set[str]] = {}
    for alarm in _alarms(synthesized).values():
        for metric in _metrics(alarm):
            if metric["Namespace"] == namespace:
                (of,) = (found for found in metric["Dimensions"] if found["Name"] == dimension)
                watched.setdefault(_resource(of), set()).add(metric["MetricName"])
    return watched


def _resource(dimension: Properties) -> str:
    value = dimension["Value"]
    return str(value.get("Ref") or value["Fn::GetAtt"][0])


def _pages(synthesized: Synthesized) -> set[str]:
    return {alarm["AlarmDescription"].rpartition(" ")[2] for alarm in _alarms(synthesized).values()}


def test_every_function_has_alarms_for_errors_and_throttles(synthesized: Synthesized) -> None:
    watched = _watched(synthesized, "AWS/Lambda", "FunctionName")
    for function in synthesized.all("AWS::Lambda::Function"):
        assert {"Errors", "Throttles"} <= watched[function]


def _alarm_on(synthesized: Synthesized, metric: str) -> Properties:
    (found,) = (
        alarm for alarm in _alarms(synthesized).values() if alarm.get("MetricName") == metric
    )
    return found


def test_ops_hear_when_three_runs_of_detection_are_missing(synthesized: Synthesized) -> None:
    alarm = _alarm_on(synthesized, Count.RUNS)
    assert alarm["Dimensions"] == [{"Name": "service", "Value": "detect_absences"}]
    assert alarm["Period"] == synthesized.stage.minutes_between_runs * 60
    assert alarm["EvaluationPeriods"] == 3
    assert alarm["ComparisonOperator"] == "LessThanThreshold"
    assert alarm["TreatMissingData"] == "breaching"


@pytest.mark.parametrize(("wait", "late"), [("20", 30), ("30", 40)])
def test_a_text_is_late_ten_minutes_after_the_stages_own_wait(
    wait: str, late: int, tmp_path: Path
) -> None:
    live = synthesize(replace(LIVE, settings={"minutes_after_lesson": wait}), tmp_path)
    assert _alarm_on(live, Count.LAG)["Threshold"] == late * 60


def test_a_text_is_not_late_before_two_runs_could_find_it(tmp_path: Path) -> None:
    hourly = synthesize(replace(LIVE, minutes_between_runs=30), tmp_path)
    assert _alarm_on(hourly, Count.LAG)["Threshold"] == (20 + 2 * 30) * 60


def test_a_job_waits_too_long_when_detection_queues_it_again(synthesized: Synthesized) -> None:
    alarm = _alarm_on(synthesized, "ApproximateAgeOfOldestMessage")
    assert alarm["Threshold"] == REQUEUE_AFTER.total_seconds()


def test_the_link_is_slow_only_after_it_could_have_answered_without_the_database(
    synthesized: Synthesized,
) -> None:
    assert _alarm_on(synthesized, "Latency")["Threshold"] > DATABASE_SECONDS * 1000


def test_no_two_alarms_say_the_same_sentence(with_everything: Synthesized) -> None:
    told = [alarm["AlarmDescription"] for alarm in _alarms(with_everything).values()]
    assert len(set(told)) == len(told)


def test_ops_hear_of_a_pause_of_an_hour_inside_the_sending_window(
    synthesized: Synthesized,
) -> None:
    alarm = _alarm_on(synthesized, Count.PAUSED)
    assert alarm["Period"] * alarm["EvaluationPeriods"] == 60 * 60
    assert alarm["Period"] == synthesized.stage.minutes_between_runs * 60
    assert alarm["TreatMissingData"] == "notBreaching"


def test_every_queue_has_an_alarm(synthesized: Synthesized) -> None:
    watched = _watched(synthesized, "AWS/SQS", "QueueName")
    assert "ApproximateAgeOfOldestMessage" in watched[synthesized.output("QueueUrl")]
    for output in ("DeadLetterQueueUrl", "FailedRunsQueueUrl"):
        assert watched[synthesized.output(output)] == {"ApproximateNumberOfMessagesVisible"}
    assert set(watched) == set(synthesized.all("AWS::SQS::Queue"))


def test_the_link_has_alarms_for_its_server_errors_and_its_slowest(
    synthesized: Synthesized,
) -> None:
    (api,) = synthesized.all("AWS::ApiGatewayV2::Api")
    assert _watched(synthesized, "AWS/ApiGateway", "ApiId")[api] == {"5xx", "Latency"}


def test_ops_hear_at_80_percent_of_the_months_spend(with_everything: Synthesized) -> None:
    alarm = _alarm_on(with_everything, "SMSMonthToDateSpentUSD")
    limit = with_everything.stage.spend_limit_usd
    assert limit
    assert alarm["Namespace"] == "AWS/SNS"
    assert alarm["Threshold"] == 0.8 * limit


def test_ops_hear_when_the_days_ceiling_is_reached(synthesized: Synthesized) -> None:
    (alarm,) = (
        alarm
        for alarm in _alarms(synthesized).values()
        if {"Name": "reason", "Value": Reason.DAY_IS_FULL} in alarm.get("Dimensions", ())
    )
    assert alarm["MetricName"] == Count.FAILED
    assert alarm["Threshold"] == 1


def test_ops_hear_before_the_databases_connections_are_used_up(
    on_trial: Synthesized, with_everything: Synthesized
) -> None:
    (instance,) = on_trial.all("AWS::RDS::DBInstance")
    watched = with_everything.stage.watched_database
    assert watched
    for synthesized, identifier, connections in (
        (on_trial, {"Ref": instance}, 75),
        (with_everything, watched.instance_identifier, watched.connections),
    ):
        alarm = _alarm_on(synthesized, "DatabaseConnections")
        assert alarm["Dimensions"] == [{"Name": "DBInstanceIdentifier", "Value": identifier}]
        assert alarm["Threshold"] == 0.8 * connections


def test_two_stages_of_one_account_are_counted_apart(synthesize_case: Synthesize) -> None:
    namespaces = {
        name: {
            metric["Namespace"]
            for alarm in _alarms(synthesize_case(name)).values()
            for metric in _metrics(alarm)
            if not metric["Namespace"].startswith("AWS/")
        }
        for name in ("pilot", "live")
    }
    assert namespaces == {"pilot": {"AbsenceTexts/pilot"}, "live": {"AbsenceTexts/live"}}


def test_a_function_counts_into_the_namespace_that_the_alarms_watch(
    synthesized: Synthesized,
) -> None:
    for package in ("detect_absences", "send_sms", "record_delivery"):
        variables = synthesized.function(package)["Environment"]["Variables"]
        assert variables["POWERTOOLS_METRICS_NAMESPACE"] == f"AbsenceTexts/{synthesized.stage.name}"


def test_every_alarm_tells_the_topic_that_it_went_off_and_that_it_is_over(
    synthesized: Synthesized,
) -> None:
    (topic,) = synthesized.all("AWS::SNS::Topic")
    for name, alarm in _alarms(synthesized).items():
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": topic}], name


def test_the_subject_of_an_alarms_mail_names_the_stage_and_the_alarm(
    synthesized: Synthesized,
) -> None:
    names = {alarm["AlarmName"] for alarm in _alarms(synthesized).values()}
    assert f"AbsenceTexts-{synthesized.stage.name}-TextsLate" in names
    assert len(names) == len(_alarms(synthesized))


def test_every_alarm_has_a_runbook_page(synthesized: Synthesized) -> None:
    for page in _pages(synthesized):
        assert (ROOT / page).is_file(), page


def test_every_runbook_page_has_an_alarm(
    with_everything: Synthesized,
) -> None:
    alarms = _alarms(with_everything).values()
    told = [alarm["AlarmDescription"] for alarm in alarms]
    for page in _RUNBOOKS.glob("*.md"):
        assert [each for each in told if each.endswith(f"/{page.name}")], page.name


def test_a_runbook_page_gives_the_same_time_as_its_alarm(with_everything: Synthesized) -> None:
    times = [
        (time, page)
        for alarm in _alarms(with_everything).values()
        for says, _, page in [alarm["AlarmDescription"].rpartition(" ")]
        for time in re.findall(r"\d+ (?:minutes|seconds)", says)
    ]
    assert times
    for time, page in times:
        assert time in (ROOT / page).read_text(), page


def test_every_runbook_page_says_what_it_means_and_what_to_do() -> None:
    for page in _RUNBOOKS.glob("*.md"):
        headings = [line for line in page.read_text().splitlines() if line.startswith("## ")]
        assert headings == ["## What it means", "## What to do"], page.name


def test_alarms_may_publish_to_the_topic_and_nothing_may_without_tls(
    synthesized: Synthesized,
) -> None:
    statements = synthesized.only("AWS::SNS::TopicPolicy")["PolicyDocument"]["Statement"]
    (refused,) = (found for found in statements if found["Effect"] == "Deny")
    (allowed,) = (found for found in statements if found["Effect"] == "Allow")
    assert refused["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Condition"] == {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    }


def test_the_stages_people_get_the_alarms_by_mail(synthesized: Synthesized) -> None:
    subscriptions = synthesized.all("AWS::SNS::Subscription").values()
    assert {found["Endpoint"] for found in subscriptions} == set(synthesized.stage.alarm_emails)
