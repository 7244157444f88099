"""CloudWatch Logs calls this with the lines that SNS writes about texts to phones, and a timer."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from absence_texts.parameter_store import open_database
from absence_texts.telemetry import count_metrics, make_logger, make_metrics
from absence_texts.vocabulary import Count
from record_delivery.missing_receipts import count_without_receipt
from record_delivery.recording import Recording
from record_delivery.retention import purge
from record_delivery.settings import RecordDeliverySettings
from record_delivery.sns_delivery_log import comes_from_logs, receipts_of

SERVICE = "record_delivery"
logger = make_logger(SERVICE)
metrics = make_metrics(SERVICE)
settings = RecordDeliverySettings()


@logger.inject_lambda_context
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    """Record the outcomes; return the count of each. Repeating an event does no harm.

    The timer's call also looks for missing receipts and deletes old rows, so that no receipt waits
    for that.
    """
    clock = settings.clock
    now = clock.now()
    with open_database(settings) as database:
        recording = Recording(database=database, moment=now)
        counts = dict(recording.record(receipts_of(event, clock.offset)))
        if not comes_from_logs(event):
            counts[Count.WITHOUT_RECEIPT] = count_without_receipt(database, now)
            counts[Count.PURGED] = purge(database, now, keep_days=settings.keep_days)
    logger.info("receipts recorded", extra=counts)
    count_metrics(metrics, counts)
    return counts
