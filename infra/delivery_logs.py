"""The log groups in which SNS writes each text's outcome, and the function that reads them."""

from aws_cdk import Aws, Duration, RemovalPolicy
from aws_cdk.aws_events import Rule, Schedule
from aws_cdk.aws_events_targets import LambdaFunction
from aws_cdk.aws_iam import IGrantable, PolicyStatement
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_logs import FilterPattern, ILogGroup, LogGroup, RetentionDays
from aws_cdk.aws_logs_destinations import LambdaDestination
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from record_delivery.sns_delivery_log import both_groups, delivered_group

DELIVERED = delivered_group(region=Aws.REGION, account=Aws.ACCOUNT_ID)
_NAMES = dict(zip(("Delivered", "Undelivered"), both_groups(DELIVERED), strict=True))
# Each line holds a phone number, so it is not kept for longer than needed.
_RETENTION = RetentionDays.ONE_WEEK
SWEEP_MINUTES = 5
"""Between two calls that apply receipts which came before their text was marked sent."""


class DeliveryLogs(Construct):
    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        reader: IFunction,
        failed_calls: IQueue,
        belong_to_another_stage: bool,
    ) -> None:
        """Make the log groups, or use those of another stage in the same account and region."""
        super().__init__(scope, construct_id)
        self._groups = [
            self._find(part, name) if belong_to_another_stage else self._make(part, name)
            for part, name in _NAMES.items()
        ]
        for part, group in zip(_NAMES, self._groups, strict=True):
            group.add_subscription_filter(
                f"{part}Lines",
                destination=LambdaDestination(reader),
                filter_pattern=FilterPattern.all_events(),
            )
        # Lambda allows no more retries. After them ops get an alarm, and the lines are still in
        # SNS's log groups.
        reader.configure_async_invoke(retry_attempts=2, max_event_age=Duration.hours(6))
        # A receipt that waits for its text must not wait for the next receipt.
        Rule(
            self,
            "Sweep",
            schedule=Schedule.rate(Duration.minutes(SWEEP_MINUTES)),
            targets=[LambdaFunction(reader, dead_letter_queue=failed_calls, retry_attempts=0)],
        )

    def grant_read(self, grantee: IGrantable) -> None:
        grantee.grant_principal.add_to_principal_policy(
            PolicyStatement(
                actions=["logs:FilterLogEvents"],
                resources=[group.log_group_arn for group in self._groups],
            )
        )

    def grant_write(self, grantee: IGrantable) -> None:
        """Allow the actions that SNS needs, on these log groups only.

        https://docs.aws.amazon.com/sns/latest/dg/topics-attrib-prereq.html
        """
        actions = ("CreateLogGroup", "CreateLogStream", "PutLogEvents")
        grantee.grant_principal.add_to_principal_policy(
            PolicyStatement(
                actions=[f"logs:{action}" for action in actions],
                resources=[group.log_group_arn for group in self._groups],
            )
        )

    def _find(self, part: str, name: str) -> ILogGroup:
        return LogGroup.from_log_group_name(self, part, name)

    def _make(self, part: str, name: str) -> ILogGroup:
        return LogGroup(
            self,
            part,
            log_group_name=name,
            retention=_RETENTION,
            removal_policy=RemovalPolicy.DESTROY,
        )
