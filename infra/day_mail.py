"""The mail about the day: the function that sends it, what the function may do and its schedule."""

from aws_cdk import Duration
from aws_cdk.aws_sqs import IQueue
from aws_cdk.aws_ssm import IStringParameter
from constructs import Construct

from infra.functions.function_factory import FunctionFactory
from infra.functions.python_function import PythonFunction
from infra.permissions import may_mail, may_read_parameter
from infra.run_schedule import RunSchedule
from infra.stages.stage import Stage

MAILER_TIMEOUT_SECONDS = 60


def add_mailer(
    scope: Construct,
    factory: FunctionFactory,
    stage: Stage,
    sending: IStringParameter,
    failed_calls: IQueue,
) -> PythonFunction:
    """Return the function. It is called every few minutes, and knows itself which mail is due."""
    part = factory.make(
        "mail_day",
        timeout_seconds=MAILER_TIMEOUT_SECONDS,
        sending_parameter=sending.parameter_name,
    )
    part.function.configure_async_invoke(
        # The next call sends what a failed call left unsent.
        retry_attempts=0,
        max_event_age=Duration.minutes(stage.minutes_between_runs),
    )
    part.role.add_to_policy(may_read_parameter(sending))
    part.role.add_to_policy(may_mail(part, sender=stage.mail_from or "", to=stage.mail_to))
    RunSchedule(
        scope,
        "DayMail",
        expression=stage.schedule,
        minutes_between_runs=stage.minutes_between_runs,
        time_zone=stage.college_time_zone,
        function=part.function,
        failed_runs=failed_calls,
    )
    return part
