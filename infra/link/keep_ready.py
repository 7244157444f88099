"""A tap on the link by nobody, so that a parent's is never the first in weeks.

Lambda puts away the snapshot of a version that was not called for 14 days, and refuses the call
that comes next: the first of September's.
https://docs.aws.amazon.com/lambda/latest/dg/snapstart-troubleshooting.html
"""

from aws_cdk import Duration
from aws_cdk.aws_events import Rule, RuleTargetInput, Schedule
from aws_cdk.aws_events_targets import LambdaFunction
from aws_cdk.aws_lambda import IFunction
from constructs import Construct

# Without a cookie it leads to the login page, and asks nothing of the database.
TAP = {"rawPath": "/a", "requestContext": {"http": {"method": "HEAD"}}}


def keep_ready(scope: Construct, construct_id: str, *, function: IFunction) -> None:
    tap = LambdaFunction(function, event=RuleTargetInput.from_object(TAP))
    Rule(scope, construct_id, schedule=Schedule.rate(Duration.hours(1)), targets=[tap])
