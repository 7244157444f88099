"""A queue that keeps a function's failed asynchronous calls."""

import jsii
from aws_cdk.aws_lambda import DestinationConfig, DestinationType, IDestination, IFunction
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from infra.permissions import may_send_to


@jsii.implements(IDestination)
class QueueDestination:
    """Allows the function only to send to the queue. CDK's own destination allows more."""

    def __init__(self, queue: IQueue) -> None:
        self._queue = queue

    def bind(
        self,
        _scope: Construct,
        fn: IFunction,
        *,
        type: DestinationType,  # noqa: A002, ARG002 (CDK's signature)
    ) -> DestinationConfig:
        """Return the queue as the destination, and allow the function to send to it."""
        fn.grant_principal.add_to_principal_policy(may_send_to(self._queue))
        return DestinationConfig(destination=self._queue.queue_arn)
