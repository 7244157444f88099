"""EventBridge Scheduler calls this every few minutes, and a person who wants a mail at once."""

from functools import partial
from typing import Any

import boto3
from aws_lambda_powertools.utilities.typing import LambdaContext

from absence_texts.parameter_store import open_database, read_switch
from absence_texts.telemetry import count_metrics, make_logger, make_metrics
from mail_day.run import send_now, send_what_is_due
from mail_day.ses import make_ses_client, send
from mail_day.settings import MailDaySettings

SERVICE = "mail_day"
NOW = {"mail": "now"}
"""The event by which a person asks for a mail."""
logger = make_logger(SERVICE)
metrics = make_metrics(SERVICE)
settings = MailDaySettings()
ssm = boto3.client("ssm")
ses = make_ses_client()


@logger.inject_lambda_context
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    """Send the mail that is due or asked for; return the counts."""
    work = send_now if NOW.items() <= event.items() else send_what_is_due
    with open_database(settings) as database:
        counts = work(
            database,
            settings,
            settings.clock.now(),
            read_switch=partial(read_switch, ssm, settings.sending_parameter),
            send=partial(send, ses, settings),
        )
    logger.info("mails looked after", extra=dict(counts))
    count_metrics(metrics, counts)
    return dict(counts)
