"""The schedule that calls a function every few minutes."""

from aws_cdk import Aws
from aws_cdk.aws_iam import PolicyStatement, Role, ServicePrincipal
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_scheduler import CfnSchedule
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from infra.permissions import may_send_to

_RETRIES = 3


class RunSchedule(Construct):
    """Replaces CDK's Schedule and LambdaInvoke, which may invoke every version of the function."""

    def __init__(  # noqa: PLR0913 (all by keyword)
        self,
        scope: Construct,
        construct_id: str,
        *,
        expression: str,
        minutes_between_runs: int,
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
                    # After that the next run does what this one would have done.
                    maximum_event_age_in_seconds=minutes_between_runs * 60,
                    maximum_retry_attempts=_RETRIES,
                ),
            ),
        )
