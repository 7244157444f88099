"""The jobs of one SQS batch: each is handled, logged and counted separately."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from aws_lambda_powertools import Logger, Metrics, single_metric
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from absence_texts.identifiers import AbsenceTextId
from absence_texts.job import parse_job
from absence_texts.telemetry import count_metrics
from absence_texts.vocabulary import Count
from send_sms.sms import PublishError
from send_sms.time_left import check_time_left

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord


def count_lag(metrics: Metrics, lag: timedelta) -> None:
    metrics.add_metric(name=Count.LAG, unit=MetricUnit.Seconds, value=lag.total_seconds())


def count_reason(metrics: Metrics, outcome: str, reason: str) -> None:
    """Count an outcome by its reason as well."""
    # In a line of its own, because the dimensions of a line belong to all its metrics.
    with single_metric(
        name=outcome, unit=MetricUnit.Count, value=1, namespace=metrics.namespace
    ) as metric:
        metric.add_dimension("service", metrics.service)
        metric.add_dimension("reason", reason)


@dataclass(frozen=True)
class Jobs:
    deliver: Callable[[AbsenceTextId], str]
    """Returns the text's outcome."""
    context: LambdaContext
    logger: Logger
    metrics: Metrics

    def handle(self, record: "SQSRecord") -> None:
        """Deliver one job's text; any exception sends the job back to the queue."""
        try:
            check_time_left(self.context)
            text_id = parse_job(record.body)
            outcome = self.deliver(text_id)
        except Exception as error:
            # Not the error's message, because a driver's may quote the values it was given.
            facts = {"sqs_message_id": record.message_id, "error": type(error).__name__}
            if isinstance(error, PublishError):
                facts["reason"] = error.reason
            self.logger.warning("job goes back to the queue", extra=facts)
            count_metrics(self.metrics, {Count.NOT_HANDLED: 1})
            raise
        self.logger.info("text handled", extra={"absence_text_id": text_id, "outcome": outcome})
        count_metrics(self.metrics, {outcome: 1})
