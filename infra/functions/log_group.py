"""A log group that keeps its lines for the stage's time and is deleted with the stack."""

from aws_cdk import RemovalPolicy
from aws_cdk.aws_logs import LogGroup, RetentionDays
from constructs import Construct

from infra.stages.log_retention import LogRetention


def make_log_group(scope: Construct, construct_id: str, *, retention: LogRetention) -> LogGroup:
    # The ledger is the record of what was sent. The logs hold ids only.
    return LogGroup(
        scope,
        construct_id,
        retention=RetentionDays[retention.name],
        removal_policy=RemovalPolicy.DESTROY,
    )
