"""One way to log and one metrics namespace for all functions.

Ids only: never a phone number, a name or a message's text.
"""

import os
from collections.abc import Mapping

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

NAMESPACE = "AbsenceTexts"


def make_logger(service: str) -> Logger:
    return Logger(service=service, log_uncaught_exceptions=True)


def make_metrics(service: str) -> Metrics:
    # The stack gives each of its stages a namespace: one account may hold two.
    namespace = os.environ.get("POWERTOOLS_METRICS_NAMESPACE", NAMESPACE)
    return Metrics(namespace=namespace, service=service)


def count_metrics(metrics: Metrics, counts: Mapping[str, int]) -> None:
    """Add a metric for each count, named after it."""
    for name, value in counts.items():
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)
