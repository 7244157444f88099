"""CloudWatch Logs calls this with the lines that SNS writes about texts to phones, and a timer."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import boto3
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.config import Config

from absence_texts.database import Database
from absence_texts.parameter_store import open_database
from absence_texts.telemetry import count_metrics, make_logger, make_metrics
from absence_texts.vocabulary import Count
from record_delivery.log_sweep import LogSweep
from record_delivery.missing_receipts import count_without_receipt
from record_delivery.recording import Recording
from record_delivery.retention import purge
from record_delivery.settings import RecordDeliverySettings
from record_delivery.sns_delivery_log import both_groups, comes_from_logs, receipts_of

SERVICE = "record_delivery"
logger = make_logger(SERVICE)
metrics = make_metrics(SERVICE)
settings = RecordDeliverySettings()
# So that a call ends by itself, with its error, before Lambda cuts it off.
_IMPATIENT = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 2})
_LAST_SECONDS = 30_000
"""In milliseconds: no further reading begins then."""


@logger.inject_lambda_context
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """Record the outcomes; return the count of each. Repeating an event does no harm.

    The timer's call also looks for missing receipts, deletes old rows and reads the delivery logs,
    so that no receipt waits for that.
    """
    with open_database(settings) as database:
        recording = Recording(database=database, moment=settings.clock.now())
        counts = dict(recording.record(receipts_of(event, settings.clock.offset)))
        if not comes_from_logs(event):
            counts |= _tidy_up(database)
        _tell("receipts recorded", counts)
        if comes_from_logs(event):
            return counts
        swept = _sweep(database, lambda: context.get_remaining_time_in_millis() > _LAST_SECONDS)
    _tell("delivery logs read", swept)
    return dict(Counter(counts) + Counter(swept))


def _tidy_up(database: Database) -> dict[str, int]:
    now = settings.clock.now()
    return {
        Count.WITHOUT_RECEIPT: count_without_receipt(database, now),
        Count.PURGED: purge(database, now, keep_days=settings.keep_days),
    }


def _sweep(database: Database, has_time: Callable[[], bool]) -> Mapping[str, int]:
    sweep = LogSweep(
        database=database,
        logs=boto3.client("logs", config=_IMPATIENT),
        groups=both_groups(settings.delivery_logs),
        clock=settings.clock,
    )
    return sweep.sweep(has_time)


def _tell(message: str, counts: Mapping[str, int]) -> None:
    logger.info(message, extra=counts)
    count_metrics(metrics, counts)
