"""SQS calls this with up to ten jobs; those that fail go back alone (partial batch response)."""

from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from absence_texts.candidates import find_source
from absence_texts.job import parse_job
from absence_texts.parameter_store import open_database, sending_is_paused
from absence_texts.telemetry import count_metrics, make_logger, make_metrics
from send_sms.delivery import Delivery
from send_sms.pace import Pace
from send_sms.settings import SendSmsSettings
from send_sms.sms import Sms, make_sns_client
from send_sms.time_left import check_time_left

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

SERVICE = "send_sms"
logger = make_logger(SERVICE)
metrics = make_metrics(SERVICE)
processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
settings = SendSmsSettings()
sms = Sms(make_sns_client(), sender_id=settings.sender_id, max_price_usd=settings.max_price_usd)


@logger.inject_lambda_context
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> "PartialItemFailureResponse":
    sms.hang_up()
    with open_database(settings) as database:
        delivery = Delivery(
            database=database,
            source=find_source(database, settings.source_schema),
            settings=settings,
            sms=sms,
            now=settings.clock.now,
            is_paused=lambda: sending_is_paused(settings),
            pace=Pace(settings.seconds_between_texts),
        )

        def deliver(record: "SQSRecord") -> None:
            try:
                check_time_left(context)
                text_id = parse_job(record.body)
                outcome = delivery.deliver(text_id)
            except Exception as error:
                # The type alone: a driver's message may quote what it was given.
                facts = {"sqs_message_id": record.message_id, "error": type(error).__name__}
                logger.warning("job goes back to the queue", extra=facts)
                count_metrics(metrics, {"not_handled": 1})
                raise
            logger.info("text handled", extra={"absence_text_id": text_id, "outcome": outcome})
            count_metrics(metrics, {outcome: 1})

        return process_partial_response(event, deliver, processor, context)
