"""The queue of jobs, one job for each text, and the dead-letter queue of failed jobs."""

from aws_cdk import Duration, Names, RemovalPolicy
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_sqs import DeadLetterQueue, Queue, QueueEncryption
from constructs import Construct

JOBS_AT_ONCE = 10
"""In one batch for a sender. SQS takes no more in one call either."""
JOBS_KEPT_SECONDS = 24 * 60 * 60
"""A text is of no use on the next day."""
BATCHING_WINDOW_SECONDS = 1
"""Detection queues ten jobs at a time. Within a second Lambda finds them together."""
# While Lambda retries a throttled sender, its jobs must stay hidden.
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
        self.dead_letters = make_dead_letter_queue(self, "DeadLetters")
        self.queue = Queue(
            self,
            "Queue",
            encryption=QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            visibility_timeout=Duration.seconds(hidden_seconds(consumer_timeout_seconds)),
            retention_period=Duration.seconds(JOBS_KEPT_SECONDS),
            dead_letter_queue=DeadLetterQueue(queue=self.dead_letters, max_receive_count=tries),
            removal_policy=RemovalPolicy.DESTROY,
        )

    def add_consumer(self, consumer: IFunction, *, at_once: int) -> None:
        """Let Lambda call the consumer with batches of jobs, this many batches at once."""
        consumer.add_event_source_mapping(
            self._mapping_id,
            event_source_arn=self.queue.queue_arn,
            batch_size=JOBS_AT_ONCE,
            max_batching_window=Duration.seconds(BATCHING_WINDOW_SECONDS),
            max_concurrency=at_once,
            report_batch_item_failures=True,
        )

    @property
    def _mapping_id(self) -> str:
        """The id that CDK's SqsEventSource gave to the mapping to the consumer.

        Under another id CloudFormation would make a second mapping before it removes the first,
        and Lambda would refuse the second.
        """
        return f"SqsEventSource:{Names.node_unique_id(self.queue.node)}"


def hidden_seconds(consumer_timeout_seconds: int) -> int:
    """Return how long the queue hides a job that a consumer with this time-out has received."""
    return _VISIBILITY_PER_TIMEOUT * consumer_timeout_seconds + BATCHING_WINDOW_SECONDS


def make_dead_letter_queue(scope: Construct, construct_id: str) -> Queue:
    return Queue(
        scope,
        construct_id,
        encryption=QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=Duration.days(14),
        removal_policy=RemovalPolicy.DESTROY,
    )
