"""What starts detection."""

from aws_cdk import Aws
from aws_cdk.aws_iam import PolicyStatement, Role, ServicePrincipal
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_scheduler import CfnSchedule
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from infra.permissions import may_send_to

# A run that could not be started for so long is one that the next has replaced.
_STALE_AFTER_SECONDS = 300
_RETRIES = 3


class DetectionSchedule(Construct):
    """Not CDK's own Schedule and LambdaInvoke, which may invoke every version of the function."""

    def __init__(  # noqa: PLR0913 (all by keyword)
        self,
        scope: Construct,
        construct_id: str,
        *,
        expression: str,
        time_zone: str,
        function: IFunction,
        failed_runs: IQueue,
    ) -> None:
        super().__init__(scope, construct_id)
        scheduler = ServicePrincipal(
            "scheduler.amazonaws.com",
            conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
        )
        role = Role(self, "Role", assumed_by=scheduler)
        role.add_to_policy(
            PolicyStatement(actions=["lambda:InvokeFunction"], resources=[function.function_arn])
        )
        role.add_to_policy(may_send_to(failed_runs))
        self.schedule = CfnSchedule(
            self,
            "Schedule",
            schedule_expression=expression,
            schedule_expression_timezone=time_zone,
            flexible_time_window=CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=CfnSchedule.TargetProperty(
                arn=function.function_arn,
                role_arn=role.role_arn,
                dead_letter_config=CfnSchedule.DeadLetterConfigProperty(arn=failed_runs.queue_arn),
                retry_policy=CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=_STALE_AFTER_SECONDS,
                    maximum_retry_attempts=_RETRIES,
                ),
            ),
        )
