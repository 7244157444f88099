"""The parameter by which ops pause sending."""

from aws_cdk.aws_iam import PolicyStatement
from aws_cdk.aws_ssm import StringParameter
from constructs import Construct

from absence_texts.parameter_store import Sending


def make_sending_switch(scope: Construct, construct_id: str) -> StringParameter:
    # CloudFormation writes it only when this value changes: what ops paused stays paused.
    return StringParameter(
        scope,
        construct_id,
        string_value=Sending.ON,
        description=f"Sending of absence texts: {Sending.ON} or {Sending.PAUSED}",
    )


def may_read(switch: StringParameter) -> PolicyStatement:
    return PolicyStatement(actions=["ssm:GetParameter"], resources=[switch.parameter_arn])
