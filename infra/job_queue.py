"""The queue of jobs, one for each text, and where those end that nothing can be done with."""

from aws_cdk import Duration, Names, RemovalPolicy
from aws_cdk.aws_sqs import DeadLetterQueue, Queue, QueueEncryption
from constructs import Construct

BATCHING_WINDOW_SECONDS = 1
"""Detection fills the queue ten jobs at a time: within a second they are found together."""
# A consumer that is throttled must not see its jobs come back while Lambda retries them.
# https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
_VISIBILITY_PER_TIMEOUT = 6


class JobQueue(Construct):
    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        consumer_timeout_seconds: int,
        tries: int,
    ) -> None:
        super().__init__(scope, construct_id)
        visible_again = _VISIBILITY_PER_TIMEOUT * consumer_timeout_seconds + BATCHING_WINDOW_SECONDS
        self.dead_letters = make_dead_letter_queue(self, "DeadLetters")
        self.queue = Queue(
            self,
            "Queue",
            encryption=QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            visibility_timeout=Duration.seconds(visible_again),
            # The texts of a day are of no use on the next.
            retention_period=Duration.days(1),
            dead_letter_queue=DeadLetterQueue(queue=self.dead_letters, max_receive_count=tries),
            removal_policy=RemovalPolicy.DESTROY,
        )

    @property
    def mapping_id(self) -> str:
        """The id by which CDK's SqsEventSource has named the mapping to the consumer so far.

        Lambda would refuse a second one, which CloudFormation makes before it removes the first.
        """
        return f"SqsEventSource:{Names.node_unique_id(self.queue.node)}"


def make_dead_letter_queue(scope: Construct, construct_id: str) -> Queue:
    return Queue(
        scope,
        construct_id,
        encryption=QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=Duration.days(14),
        removal_policy=RemovalPolicy.DESTROY,
    )
