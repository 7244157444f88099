"""Each threshold follows from the stage's values and the service's own limits."""

from dataclasses import replace
from pathlib import Path

import pytest

from absence_redirect.lookup import DATABASE_SECONDS
from absence_texts.ledger import REQUEUE_AFTER
from absence_texts.vocabulary import Count, Reason
from infra.delivery_logs import SWEEP_MINUTES
from infra.stages.values import LIVE
from tests.support.synthesized import Properties, Synthesized, synthesize


def _alarms(synthesized: Synthesized) -> dict[str, Properties]:
    return synthesized.all("AWS::CloudWatch::Alarm")


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


def test_ops_hear_of_a_pause_of_an_hour_inside_the_sending_window(
    synthesized: Synthesized,
) -> None:
    alarm = _alarm_on(synthesized, Count.PAUSED)
    assert alarm["Period"] * alarm["EvaluationPeriods"] == 60 * 60
    assert alarm["Period"] == synthesized.stage.minutes_between_runs * 60
    assert alarm["TreatMissingData"] == "notBreaching"


def test_ops_hear_of_the_first_run_that_holds_a_text(synthesized: Synthesized) -> None:
    alarm = _alarm_on(synthesized, Count.HELD)
    assert (alarm["Threshold"], alarm["EvaluationPeriods"]) == (1, 1)


@pytest.mark.parametrize(("wait", "late"), [("20", 30), ("30", 40)])
def test_a_text_is_late_ten_minutes_after_the_stages_own_wait(
    wait: str, late: int, tmp_path: Path
) -> None:
    live = synthesize(replace(LIVE, settings={"minutes_after_lesson": wait}), tmp_path)
    assert _alarm_on(live, Count.LAG)["Threshold"] == late * 60


def test_a_text_is_not_late_before_two_runs_could_find_it(tmp_path: Path) -> None:
    settings = {"minutes_after_lesson": "20"}
    hourly = synthesize(replace(LIVE, minutes_between_runs=30, settings=settings), tmp_path)
    assert _alarm_on(hourly, Count.LAG)["Threshold"] == (20 + 2 * 30) * 60


def test_a_job_waits_too_long_when_detection_queues_it_again(synthesized: Synthesized) -> None:
    alarm = _alarm_on(synthesized, "ApproximateAgeOfOldestMessage")
    assert alarm["Threshold"] == REQUEUE_AFTER.total_seconds()


def test_the_link_is_slow_only_after_it_could_have_answered_without_the_database(
    synthesized: Synthesized,
) -> None:
    assert _alarm_on(synthesized, "Latency")["Threshold"] > DATABASE_SECONDS * 1000


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


def test_ops_hear_of_texts_without_receipts_in_a_pilot_of_five(synthesized: Synthesized) -> None:
    alarm = _alarm_on(synthesized, Count.WITHOUT_RECEIPT)
    assert (alarm["Threshold"], alarm["Statistic"]) == (5, "Maximum")
    assert alarm["Period"] == SWEEP_MINUTES * 60


@pytest.mark.parametrize("count", [Count.ACCOUNT_STOPPED, Count.NEW_REASONS])
def test_one_receipt_about_the_account_or_with_new_words_is_enough(
    synthesized: Synthesized, count: Count
) -> None:
    assert _alarm_on(synthesized, count)["Threshold"] == 1


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
