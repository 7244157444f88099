"""Where a function's failed asynchronous calls are kept."""

import jsii
from aws_cdk.aws_lambda import DestinationConfig, DestinationType, IDestination, IFunction
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from infra.permissions import may_send_to


@jsii.implements(IDestination)
class QueueDestination:
    """A queue. CDK's own destination would allow the function more than to send to it."""

    def __init__(self, queue: IQueue) -> None:
        self._queue = queue

    def bind(
        self,
        _scope: Construct,
        fn: IFunction,
        *,
        type: DestinationType,  # noqa: A002, ARG002 (CDK's signature)
    ) -> DestinationConfig:
        """Be called by CDK."""
        fn.grant_principal.add_to_principal_policy(may_send_to(self._queue))
        return DestinationConfig(destination=self._queue.queue_arn)
