"""The metrics that the functions count themselves.

A namespace for each stage, as one account may hold two; the function's package as the dimension.
"""

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import MathExpression, Metric

from absence_texts.settings import StageName
from absence_texts.telemetry import NAMESPACE

NAMESPACE_VARIABLE = "POWERTOOLS_METRICS_NAMESPACE"

_SEARCHED = Duration.minutes(5)


class StageMetrics:
    def __init__(self, stage_name: StageName) -> None:
        self.namespace = f"{NAMESPACE}/{stage_name}"

    @property
    def environment(self) -> dict[str, str]:
        """Return the variable by which a function counts into the stage's namespace."""
        return {NAMESPACE_VARIABLE: self.namespace}

    def of(self, service: str, name: str, *, minutes: int = 5, reason: str | None = None) -> Metric:
        """Return how often `service` counted `name`, for a reason or in all, in each period."""
        return Metric(
            namespace=self.namespace,
            metric_name=name,
            dimensions_map={"service": service} | ({"reason": reason} if reason else {}),
            statistic="Sum",
            period=Duration.minutes(minutes),
        )

    def by_reason(self, service: str, name: str) -> MathExpression:
        """Return a line for each reason for which `service` counted `name`, whatever they are."""
        search = f'{{{self.namespace},service,reason}} MetricName="{name}" service="{service}"'
        return MathExpression(
            expression=f"SEARCH('{search}', 'Sum', {_SEARCHED.to_seconds():.0f})",
            label="",
            period=_SEARCHED,
        )
