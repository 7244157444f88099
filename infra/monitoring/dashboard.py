"""One page that reads from top to bottom as a text goes through the service."""

from collections.abc import Iterable

from aws_cdk.aws_apigatewayv2 import HttpApi
from aws_cdk.aws_cloudwatch import (
    AlarmStatusWidget,
    Dashboard,
    GraphWidget,
    HorizontalAnnotation,
    IAlarm,
    IMetric,
    IWidget,
    TextWidget,
)
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from absence_texts.criteria import DATA_CHECKS
from absence_texts.vocabulary import data_problem
from infra.monitoring.metrics import StageMetrics
from infra.monitoring.sms_spend import spent_this_month
from infra.monitoring.watched_database import WatchedDatabase

_ACROSS = 24
_DETECTION, _SENDER, _RECEIPT_READER = "detect_absences", "send_sms", "record_delivery"
_FOUND = ("due", "claimed", "claimed_again", "decided", "overtaken", "expired", "abandoned")
_QUEUED = ("queued", "not_queued")
_BROKEN = tuple(data_problem(check.name) for check in DATA_CHECKS)
_OUTCOMES = (
    "sent",
    "cancelled",
    "failed",
    "in_doubt",
    "pending",
    "would_send",
    "already_taken",
    "not_handled",
)
_RECEIPTS = (
    "receipts",
    "delivered",
    "undelivered",
    "settled",
    "malformed_receipts",
    "new_reasons",
)


type _Rows = list[list[IWidget]]


class ServiceDashboard(Construct):
    def __init__(  # noqa: PLR0913 (all by keyword)
        self,
        scope: Construct,
        construct_id: str,
        *,
        counts: StageMetrics,
        jobs: IQueue,
        dead_letters: IQueue,
        api: HttpApi,
        database: WatchedDatabase | None,
        spend_limit_usd: int | None,
        alarms: Iterable[IAlarm],
    ) -> None:
        super().__init__(scope, construct_id)
        self.dashboard = Dashboard(
            self,
            "Dashboard",
            widgets=[
                [AlarmStatusWidget(title="Alarms", alarms=list(alarms), width=_ACROSS, height=4)],
                *_of_detection(counts),
                *_of_jobs(counts, jobs, dead_letters),
                *_of_texts(counts, spend_limit_usd),
                *_of_the_link(api),
                *(_of_database(database) if database else ()),
            ],
        )


def _of_detection(counts: StageMetrics) -> _Rows:
    graphs = _row(
        _graph("Runs", [counts.of(_DETECTION, "runs")]),
        _graph("Found in a run", [counts.of(_DETECTION, name) for name in _FOUND]),
        _graph("Marks too broken", [counts.of(_DETECTION, name) for name in _BROKEN]),
    )
    return [_heading("1. Detection finds who is to be told"), graphs]


def _of_jobs(counts: StageMetrics, jobs: IQueue, dead_letters: IQueue) -> _Rows:
    failed = dead_letters.metric_approximate_number_of_messages_visible()
    graphs = _row(
        _graph("Put into the queue", [counts.of(_DETECTION, name) for name in _QUEUED]),
        _graph("Oldest job, s", [jobs.metric_approximate_age_of_oldest_message()]),
        _graph("Failed for good", [failed]),
    )
    return [_heading("2. Jobs wait for a sender"), graphs]


def _of_texts(counts: StageMetrics, spend_limit_usd: int | None) -> _Rows:
    lag = counts.of(_SENDER, "lag_seconds")
    outcomes = _row(
        _graph("What became of jobs", [counts.of(_SENDER, name) for name in _OUTCOMES]),
        _graph(
            "From a lesson's end to its text, s",
            [lag.with_(statistic=each) for each in ("p50", "p95")],
        ),
        _graph("What phones say", [counts.of(_RECEIPT_READER, name) for name in _RECEIPTS]),
    )
    reasons = _row(
        _graph("Cancelled, by criterion", [counts.by_reason(_SENDER, "cancelled")]),
        _graph("Failed, by reason", [counts.by_reason(_SENDER, "failed")]),
        _limited("Spent on texts this month, US$", spent_this_month(), limit=spend_limit_usd),
    )
    return [_heading("3. Texts are sent, and arrive"), outcomes, reasons]


def _of_the_link(api: HttpApi) -> _Rows:
    graphs = _row(
        _graph("Requests", [api.metric_count(statistic="Sum")]),
        _graph("Errors", [api.metric_client_error(), api.metric_server_error()]),
        _graph(
            "Time to answer, ms", [api.metric_latency(statistic=each) for each in ("p50", "p99")]
        ),
    )
    return [_heading("4. Parents tap the link"), graphs]


def _of_database(database: WatchedDatabase) -> _Rows:
    graph = _limited("Connections", database.open_connections, limit=database.connections)
    return [_heading("5. The database answers"), _row(graph)]


def _limited(title: str, metric: IMetric, *, limit: int | None) -> GraphWidget:
    lines = [HorizontalAnnotation(value=limit, label="limit")] if limit else []
    return GraphWidget(title=title, left=[metric], left_annotations=lines, width=8)


def _heading(words: str) -> list[IWidget]:
    return [TextWidget(markdown=f"## {words}", width=_ACROSS, height=1)]


def _row(*graphs: GraphWidget) -> list[IWidget]:
    return list(graphs)


def _graph(title: str, metrics: list[IMetric]) -> GraphWidget:
    return GraphWidget(title=title, left=metrics, width=8)
