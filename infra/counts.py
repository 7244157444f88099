"""The metrics that the functions count themselves.

A namespace for each stage, as one account may hold two; the function's package as the dimension.
"""

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import Metric

from absence_texts.settings import StageName
from absence_texts.telemetry import NAMESPACE

NAMESPACE_VARIABLE = "POWERTOOLS_METRICS_NAMESPACE"


class Counts:
    def __init__(self, stage_name: StageName) -> None:
        self.namespace = f"{NAMESPACE}/{stage_name}"

    @property
    def environment(self) -> dict[str, str]:
        """Return the variable by which a function counts into the stage's namespace."""
        return {NAMESPACE_VARIABLE: self.namespace}

    def of(self, service: str, name: str, *, minutes: int = 5) -> Metric:
        """Return how often `service` counted `name` in each period."""
        return Metric(
            namespace=self.namespace,
            metric_name=name,
            dimensions_map={"service": service},
            statistic="Sum",
            period=Duration.minutes(minutes),
        )
