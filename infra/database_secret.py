"""Leave to read one secret, by its name."""

from aws_cdk import ArnFormat, Stack
from aws_cdk.aws_iam import PolicyStatement


def may_read_secret(stack: Stack, name: str) -> PolicyStatement:
    # Secrets Manager puts six characters of its own after the name.
    # https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
    arn = stack.format_arn(
        service="secretsmanager",
        resource="secret",
        resource_name=f"{name}-??????",
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )
    return PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[arn])
