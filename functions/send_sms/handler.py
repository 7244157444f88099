"""SQS calls this with up to ten jobs; only those that fail go back (partial batch response)."""

from functools import partial
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import BotoCoreError, ClientError

from absence_texts.parameter_store import open_database, sending_is_paused
from absence_texts.source import find_source
from absence_texts.telemetry import make_logger, make_metrics
from send_sms.back_off import BackOff, make_sqs_client
from send_sms.delivery import Delivery
from send_sms.jobs import Jobs, count_lag, count_reason
from send_sms.pace import Pace
from send_sms.settings import SendSmsSettings
from send_sms.sns import make_publisher

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse

SERVICE = "send_sms"
logger = make_logger(SERVICE)
metrics = make_metrics(SERVICE)
processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
settings = SendSmsSettings()
sms = make_publisher(settings)
back_off = BackOff(make_sqs_client(), settings.queue_url)


@logger.inject_lambda_context
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> "PartialItemFailureResponse":
    sms.close_idle_connections()
    with open_database(settings) as database:
        delivery = Delivery(
            database=database,
            source=find_source(database, settings.source_schema, settings.rules.optional_settings),
            settings=settings,
            sms=sms,
            now=settings.clock.now,
            is_paused=lambda: sending_is_paused(settings),
            pace=Pace(settings.seconds_between_texts),
            note_lag=partial(count_lag, metrics),
            note_reason=partial(count_reason, metrics),
        )
        jobs = Jobs(delivery.deliver, context, logger, metrics)
        answer = process_partial_response(event, jobs.handle, processor, context)
    try:
        back_off.hide(event, answer)
    except (BotoCoreError, ClientError) as error:
        facts = {"error": type(error).__name__}
        logger.warning("failed jobs come back after the queue's own time", extra=facts)
    return answer
