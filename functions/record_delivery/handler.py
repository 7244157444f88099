"""CloudWatch Logs calls this with the lines that SNS writes about texts to phones."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from absence_texts.parameter_store import open_database
from absence_texts.source import find_source
from absence_texts.telemetry import count_metrics, make_logger, make_metrics
from record_delivery.delivery_log import messages_of
from record_delivery.recording import Recording
from record_delivery.settings import RecordDeliverySettings

SERVICE = "record_delivery"
logger = make_logger(SERVICE)
metrics = make_metrics(SERVICE)
settings = RecordDeliverySettings()


@logger.inject_lambda_context
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    """Record the outcomes; return the count of each. Repeating an event does no harm."""
    with open_database(settings) as database:
        recording = Recording(
            database=database,
            source=find_source(database, settings.source_schema),
            settings=settings,
            moment=settings.clock.now(),
        )
        counts = dict(recording.record(messages_of(event)))
    logger.info("receipts recorded", extra=counts)
    count_metrics(metrics, counts)
    return counts
