"""EventBridge Scheduler calls this every five minutes."""

from typing import Any

import boto3
from aws_lambda_powertools.utilities.typing import LambdaContext

from absence_texts.parameter_store import open_database, sending_is_paused
from absence_texts.telemetry import count_metrics, make_logger, make_metrics
from absence_texts.vocabulary import Count
from detect_absences.job_queue import JobQueue
from detect_absences.run import run
from detect_absences.settings import DetectAbsencesSettings

SERVICE = "detect_absences"
logger = make_logger(SERVICE)
metrics = make_metrics(SERVICE)
settings = DetectAbsencesSettings()
queue = JobQueue(boto3.client("sqs"), settings.queue_url)


@logger.inject_lambda_context
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(_event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    """Run once, as of now; return the count of each step."""
    count_metrics(metrics, {Count.RUNS: 1})
    with open_database(settings) as database:
        counts = run(
            database,
            queue,
            settings,
            settings.clock.now(),
            is_paused=lambda: sending_is_paused(settings),
            note_left_out=lambda row: logger.warning("row left out", extra={"row": dict(row)}),
        )
    logger.info("run finished", extra=counts)
    count_metrics(metrics, counts)
    return counts
