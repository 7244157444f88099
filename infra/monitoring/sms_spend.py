"""What the account's texts cost since the month began, as SNS counts it."""

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import Metric


def spent_this_month() -> Metric:
    """https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html."""
    return Metric(
        namespace="AWS/SNS",
        metric_name="SMSMonthToDateSpentUSD",
        statistic="Maximum",
        period=Duration.minutes(5),
    )
