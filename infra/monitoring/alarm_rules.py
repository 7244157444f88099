"""When ops are told, in the order in which a text goes through the service."""

from aws_cdk import Duration
from aws_cdk.aws_apigatewayv2 import HttpApi
from aws_cdk.aws_cloudwatch import IMetric, MathExpression
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_sqs import IQueue

from absence_texts.vocabulary import Reason
from infra.monitoring.alarms import Alarms
from infra.monitoring.metrics import StageMetrics
from infra.monitoring.sms_spend import spent_this_month
from infra.monitoring.watched_database import WatchedDatabase

_PERIOD_MINUTES = 5
_PERIOD = Duration.minutes(_PERIOD_MINUTES)
_NO_RUN_PERIODS = 3
_WAITED_TOO_LONG_MINUTES = 15
_LATE_MINUTES = 30
_TOO_SLOW_SECONDS = 3
_JOBS_SENT_BACK = 20
_SENT_BACK_MINUTES = 15
_TOO_MANY_PERCENT = 20
_WORTH_A_SHARE = 20
_NEARLY_ALL_PERCENT = 80
"""Of the month's money, or of the database's connections."""


def watch_function(alarms: Alarms, name: str, function: IFunction) -> None:
    alarms.when(
        f"{name}Errors",
        function.metric_errors(period=_PERIOD),
        says=f"{name} failed or timed out.",
        runbook="function-errors",
    )
    alarms.when(
        f"{name}Throttles",
        function.metric_throttles(period=_PERIOD),
        says=f"Lambda refused to run {name}.",
        runbook="function-throttles",
    )


def watch_runs(alarms: Alarms, counts: StageMetrics, failed_runs: IQueue) -> None:
    alarms.when_absent(
        "NoRun",
        counts.of("detect_absences", "runs", minutes=_PERIOD_MINUTES),
        says=f"Detection has not run for {_NO_RUN_PERIODS * _PERIOD_MINUTES} minutes.",
        runbook="no-run",
        periods=_NO_RUN_PERIODS,
    )
    alarms.when(
        "FailedRuns",
        failed_runs.metric_approximate_number_of_messages_visible(period=_PERIOD),
        says="A run failed, or could not be started.",
        runbook="failed-runs",
    )
    alarms.when(
        "NotQueued",
        counts.of("detect_absences", "not_queued"),
        says="SQS did not take every job.",
        runbook="not-queued",
    )


def watch_jobs(alarms: Alarms, counts: StageMetrics, jobs: IQueue, dead_letters: IQueue) -> None:
    alarms.when(
        "JobsWaiting",
        jobs.metric_approximate_age_of_oldest_message(period=_PERIOD),
        says=f"The oldest job has waited for over {_WAITED_TOO_LONG_MINUTES} minutes.",
        runbook="jobs-waiting",
        at_least=_WAITED_TOO_LONG_MINUTES * 60,
    )
    alarms.when(
        "JobsSentBack",
        counts.of("send_sms", "not_handled", minutes=_SENT_BACK_MINUTES),
        says=(
            f"{_JOBS_SENT_BACK} jobs or more went back to the queue in"
            f" {_SENT_BACK_MINUTES} minutes."
        ),
        runbook="jobs-sent-back",
        at_least=_JOBS_SENT_BACK,
    )
    alarms.when(
        "DeadLetters",
        dead_letters.metric_approximate_number_of_messages_visible(period=_PERIOD),
        says="A job failed for good.",
        runbook="dead-letters",
    )


def watch_texts(alarms: Alarms, counts: StageMetrics) -> None:
    alarms.when(
        "TextsLate",
        counts.of("send_sms", "lag_seconds").with_(statistic="Maximum"),
        says=f"A text left over {_LATE_MINUTES} minutes after its lesson's end.",
        runbook="texts-late",
        at_least=_LATE_MINUTES * 60,
    )
    for name, metric in (
        ("InDoubt", counts.of("send_sms", "in_doubt")),
        ("Abandoned", counts.of("detect_absences", "abandoned")),
    ):
        alarms.when(
            name,
            metric,
            says="Nobody knows whether a text was sent.",
            runbook="in-doubt",
        )


def watch_ceiling(alarms: Alarms, counts: StageMetrics) -> None:
    alarms.when(
        "DayIsFull",
        counts.of("send_sms", "failed", reason=Reason.DAY_IS_FULL),
        says="The day's ceiling of texts is reached: no more leave today.",
        runbook="day-is-full",
    )


def watch_shares(alarms: Alarms, counts: StageMetrics, jobs: IQueue) -> None:
    handled = jobs.metric_number_of_messages_deleted(period=Duration.hours(1), statistic="Sum")
    alarms.when(
        "FailedTexts",
        _percent(counts.of("send_sms", "failed", minutes=60), handled),
        says=f"{_TOO_MANY_PERCENT} % of an hour's texts or more were refused.",
        runbook="failed-texts",
        at_least=_TOO_MANY_PERCENT,
    )
    undelivered = counts.of("record_delivery", "undelivered", minutes=60)
    alarms.when(
        "UndeliveredTexts",
        _percent(undelivered, counts.of("record_delivery", "receipts", minutes=60)),
        says=f"{_TOO_MANY_PERCENT} % of an hour's receipts or more say: not delivered.",
        runbook="undelivered-texts",
        at_least=_TOO_MANY_PERCENT,
    )


def watch_spend(alarms: Alarms, *, limit_usd: int) -> None:
    alarms.when(
        "SmsSpend",
        spent_this_month(),
        says=f"{_NEARLY_ALL_PERCENT} % of the month's {limit_usd} US dollars for texts are spent.",
        runbook="sms-spend",
        at_least=limit_usd * _NEARLY_ALL_PERCENT / 100,
    )


def watch_database(alarms: Alarms, database: WatchedDatabase) -> None:
    alarms.when(
        "DatabaseConnections",
        database.open_connections,
        says=(
            f"{_NEARLY_ALL_PERCENT} % of the database's {database.connections} connections are"
            " in use."
        ),
        runbook="database-connections",
        at_least=database.connections * _NEARLY_ALL_PERCENT / 100,
    )


def watch_link(alarms: Alarms, api: HttpApi) -> None:
    alarms.when(
        "LinkErrors",
        api.metric_server_error(period=_PERIOD, statistic="Sum"),
        says="Parents who tapped the link got an error page.",
        runbook="link-errors",
    )
    alarms.when(
        "LinkSlow",
        api.metric_latency(period=_PERIOD, statistic="p99"),
        says=f"One in a hundred parents waits for the link for over {_TOO_SLOW_SECONDS} seconds.",
        runbook="link-slow",
        at_least=_TOO_SLOW_SECONDS * 1000,
        periods=2,
    )


def _percent(part: IMetric, whole: IMetric) -> MathExpression:
    # A share of few says little. `whole` is never absent where `part` is there.
    return MathExpression(
        expression=f"IF(whole >= {_WORTH_A_SHARE}, 100 * part / whole, 0)",
        using_metrics={"part": part, "whole": whole},
        period=Duration.hours(1),
    )
