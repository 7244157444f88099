"""What starts detection."""

from aws_cdk import Duration, TimeZone
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_scheduler import Schedule, ScheduleExpression
from aws_cdk.aws_scheduler_targets import LambdaInvoke
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

# A run that could not be started this long is one that the next has replaced.
_STALE_AFTER = Duration.minutes(5)
_RETRIES = 3


class DetectionSchedule(Construct):
    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        expression: str,
        time_zone: str,
        function: IFunction,
        missed_runs: IQueue,
    ) -> None:
        super().__init__(scope, construct_id)
        self.schedule = Schedule(
            self,
            "Schedule",
            schedule=ScheduleExpression.expression(expression, TimeZone.of(time_zone)),
            target=LambdaInvoke(
                function,
                retry_attempts=_RETRIES,
                max_event_age=_STALE_AFTER,
                dead_letter_queue=missed_runs,
            ),
        )
