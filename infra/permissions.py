"""Leave to use one queue, to the action: CDK's own grants add the asking for its address."""

from aws_cdk.aws_iam import PolicyStatement
from aws_cdk.aws_sqs import IQueue


def may_send_to(queue: IQueue) -> PolicyStatement:
    return PolicyStatement(actions=["sqs:SendMessage"], resources=[queue.queue_arn])


def may_take_from(queue: IQueue) -> PolicyStatement:
    """Return what Lambda needs to poll, and what a sender needs to hide a job for longer.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html
    """
    actions = ("ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "ReceiveMessage")
    return PolicyStatement(
        actions=[f"sqs:{action}" for action in actions], resources=[queue.queue_arn]
    )
