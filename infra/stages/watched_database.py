"""An RDS instance with an alarm on its connections."""

from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import Metric


@dataclass(frozen=True, kw_only=True)
class WatchedDatabase:
    instance_identifier: str
    """As the RDS console names the instance."""
    connections: int
    """Its `max_connections`, for all its users together."""

    @property
    def open_connections(self) -> Metric:
        """https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html."""
        return Metric(
            namespace="AWS/RDS",
            metric_name="DatabaseConnections",
            dimensions_map={"DBInstanceIdentifier": self.instance_identifier},
            statistic="Maximum",
            period=Duration.minutes(5),
        )
