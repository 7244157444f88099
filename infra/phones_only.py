"""Leave to text phones, and to publish to nothing else."""

from aws_cdk import Stack
from aws_cdk.aws_iam import Effect, PolicyStatement


def may_text_phones(stack: Stack) -> tuple[PolicyStatement, ...]:
    # No policy can name a phone number: every resource, less all topics, leaves the phones.
    topics = stack.format_arn(service="sns", region="*", account="*", resource="*")
    return (
        PolicyStatement(actions=["sns:Publish"], resources=["*"]),
        PolicyStatement(effect=Effect.DENY, actions=["sns:Publish"], resources=[topics]),
    )
