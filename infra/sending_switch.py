"""The parameter by which ops pause sending."""

from aws_cdk.aws_ssm import StringParameter
from constructs import Construct

from absence_texts.parameter_store import Sending


def make_sending_switch(scope: Construct, construct_id: str) -> StringParameter:
    # CloudFormation writes the parameter only when this value changes: a pause survives a release.
    return StringParameter(
        scope,
        construct_id,
        string_value=Sending.ON,
        description=f"Sending of absence texts: {Sending.ON} or {Sending.PAUSED}",
    )
