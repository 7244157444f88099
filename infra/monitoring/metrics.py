"""The metrics that the functions count, and AWS's own of what texts cost and of the database.

Each stage has a namespace, because one account may hold two stages. The dimension is the package
of the function that counts.
"""

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import MathExpression, Metric

from absence_texts.data_checks import DATA_CHECKS
from absence_texts.settings import StageName
from absence_texts.telemetry import NAMESPACE
from absence_texts.vocabulary import Count, Reason, Step, data_problem
from infra.stages.watched_database import WatchedDatabase

NAMESPACE_VARIABLE = "POWERTOOLS_METRICS_NAMESPACE"

_SEARCHED = Duration.minutes(5)


class StageMetrics:
    def __init__(self, stage_name: StageName) -> None:
        self.namespace = f"{NAMESPACE}/{stage_name}"

    @property
    def environment(self) -> dict[str, str]:
        """Return the variable by which a function counts into the stage's namespace."""
        return {NAMESPACE_VARIABLE: self.namespace}

    def of(self, count: Count, *, minutes: int = 5, reason: Reason | None = None) -> Metric:
        """Return the count of each period, for one reason or for all."""
        return self._metric(
            count.value,
            {"service": count.step.service} | ({"reason": reason.value} if reason else {}),
            minutes=minutes,
        )

    def of_data_problems(self) -> list[Metric]:
        """Return the count of each data check's broken marks."""
        service = {"service": Step.FIND.service}
        return [
            self._metric(data_problem(check.name), service).with_(label=check.name)
            for check in DATA_CHECKS
        ]

    def by_reason(self, count: Count) -> MathExpression:
        """Return a line for each reason that was ever counted with `count`."""
        search = (
            f"{{{self.namespace},service,reason}}"
            f' MetricName="{count.value}" service="{count.step.service}"'
        )
        return MathExpression(
            expression=f"SEARCH('{search}', 'Sum', {_SEARCHED.to_seconds():.0f})",
            label="",
            period=_SEARCHED,
        )

    def _metric(self, name: str, dimensions: dict[str, str], *, minutes: int = 5) -> Metric:
        # Without a label: CDK would make the alarm of a labelled metric an alarm on an expression.
        return Metric(
            namespace=self.namespace,
            metric_name=name,
            dimensions_map=dimensions,
            statistic="Sum",
            period=Duration.minutes(minutes),
        )


def spent_this_month() -> Metric:
    """Return what the account's texts have cost since the month began, as SNS counts it.

    https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html
    """
    return Metric(
        namespace="AWS/SNS",
        metric_name="SMSMonthToDateSpentUSD",
        statistic="Maximum",
        period=Duration.minutes(5),
    )


def open_connections(database: WatchedDatabase) -> Metric:
    """https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html."""
    return Metric(
        namespace="AWS/RDS",
        metric_name="DatabaseConnections",
        dimensions_map={"DBInstanceIdentifier": database.instance_identifier},
        statistic="Maximum",
        period=Duration.minutes(5),
    )
