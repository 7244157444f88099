"""The policy statements: each allows exactly the actions that its name says.

CDK's own grants allow more, for example to ask for a queue's address.
"""

from collections.abc import Sequence

from aws_cdk import ArnFormat, Stack
from aws_cdk.aws_iam import Effect, IRole, PolicyStatement
from aws_cdk.aws_sqs import IQueue
from aws_cdk.aws_ssm import IStringParameter
from constructs import Construct


def may_send_to(queue: IQueue) -> PolicyStatement:
    return PolicyStatement(actions=["sqs:SendMessage"], resources=[queue.queue_arn])


def may_take_from(queue: IQueue) -> PolicyStatement:
    """Return what Lambda needs to poll the queue, and what a sender needs to hide a job.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html
    """
    actions = ("ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "ReceiveMessage")
    return PolicyStatement(
        actions=[f"sqs:{action}" for action in actions], resources=[queue.queue_arn]
    )


def may_read_secret(stack: Stack, name: str) -> PolicyStatement:
    # Secrets Manager appends six characters of its own to the name.
    # https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
    arn = stack.format_arn(
        service="secretsmanager",
        resource="secret",
        resource_name=f"{name}-??????",
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )
    return PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[arn])


def may_read_parameter(parameter: IStringParameter) -> PolicyStatement:
    return PolicyStatement(actions=["ssm:GetParameter"], resources=[parameter.parameter_arn])


def may_text_phones(stack: Stack) -> tuple[PolicyStatement, ...]:
    """Return the right to publish to phones only.

    No policy can name a phone number. So one statement allows every resource, and one denies all
    topics: phones are left.
    """
    topics = stack.format_arn(service="sns", region="*", account="*", resource="*")
    return (
        PolicyStatement(actions=["sns:Publish"], resources=["*"]),
        PolicyStatement(effect=Effect.DENY, actions=["sns:Publish"], resources=[topics]),
        _may_through_sns("SendTextMessage"),
    )


def may_mail(scope: Construct, *, sender: str, to: Sequence[str]) -> PolicyStatement:
    """Return the right to mail from one address to others, and from and to no other.

    SES asks for the right on the sender's identity. In its sandbox, and if an address of the same
    account gets the mail, SES asks for the right on that address's identity too. An identity is an
    address or its domain. A mail with an attachment needs SendRawEmail in SES's second API too.
    https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html
    """
    stack = Stack.of(scope)
    names = {name for address in (sender, *to) for name in (address, address.rpartition("@")[2])}
    return PolicyStatement(
        actions=["ses:SendEmail", "ses:SendRawEmail"],
        resources=[
            stack.format_arn(service="ses", resource="identity", resource_name=name)
            for name in sorted(names)
        ],
        conditions={
            "StringEquals": {"ses:FromAddress": sender},
            "ForAllValues:StringEquals": {"ses:Recipients": list(to)},
        },
    )


def may_set_sms_attributes(role: IRole) -> tuple[PolicyStatement, ...]:
    """Return the right to set SNS's SMS attributes, and to give SNS the role for its logs."""
    return (
        PolicyStatement(actions=["sns:SetSMSAttributes"], resources=["*"]),
        PolicyStatement(
            actions=["iam:PassRole"],
            resources=[role.role_arn],
            conditions={"StringEquals": {"iam:PassedToService": "sns.amazonaws.com"}},
        ),
        _may_through_sns("SetTextMessageSpendLimitOverride"),
    )


def _may_through_sns(action: str) -> PolicyStatement:
    """Return the right to an action of AWS End User Messaging SMS, if SNS calls it for the caller.

    SNS has AWS End User Messaging SMS carry out what concerns texts, with the caller's own rights.
    https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSNSFullAccess.html
    """
    return PolicyStatement(
        actions=[f"sms-voice:{action}"],
        resources=["*"],
        conditions={"StringEquals": {"aws:CalledViaLast": "sns.amazonaws.com"}},
    )


def may_join_network() -> PolicyStatement:
    """Return what the Lambda service needs, through a function's role, to attach it to a VPC.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
    """
    actions = (
        "AssignPrivateIpAddresses",
        "CreateNetworkInterface",
        "DeleteNetworkInterface",
        "DescribeNetworkInterfaces",
        "DescribeSubnets",
        "UnassignPrivateIpAddresses",
    )
    return PolicyStatement(actions=[f"ec2:{action}" for action in actions], resources=["*"])
