"""One page for ops. From top to bottom it follows a text through the service.

It draws every count of the vocabulary, and the threshold of each alarm in the graph of its metric.
"""

from collections.abc import Iterable, Sequence

from aws_cdk.aws_apigatewayv2 import HttpApi
from aws_cdk.aws_cloudwatch import (
    AlarmStatusWidget,
    Dashboard,
    GraphWidget,
    HorizontalAnnotation,
    IAlarm,
    IMetric,
    IWidget,
    Metric,
    TextWidget,
)
from constructs import Construct

from absence_texts.vocabulary import Count, Step
from infra.job_queue import JobQueue
from infra.monitoring.alarms import AlarmRule
from infra.monitoring.metrics import StageMetrics, open_connections, spent_this_month
from infra.stages.watched_database import WatchedDatabase

_ACROSS = 24

type _Rows = list[list[IWidget]]


class ServiceDashboard(Construct):
    def __init__(  # noqa: PLR0913 (all by keyword)
        self,
        scope: Construct,
        construct_id: str,
        *,
        counts: StageMetrics,
        jobs: JobQueue,
        api: HttpApi,
        database: WatchedDatabase | None,
        rules: Sequence[AlarmRule],
        alarms: Iterable[IAlarm],
        mails: bool,
    ) -> None:
        super().__init__(scope, construct_id)
        self._counts = counts
        self._rules = rules
        self.dashboard = Dashboard(
            self,
            "Dashboard",
            widgets=[
                [AlarmStatusWidget(title="Alarms", alarms=list(alarms), width=_ACROSS, height=4)],
                *self._detection(),
                *self._jobs(jobs),
                *self._texts(),
                *(self._mails() if mails else ()),
                *self._link(api),
                *(self._database(database) if database else ()),
            ],
        )

    def _detection(self) -> _Rows:
        graphs: list[IWidget] = [
            self._graph("Runs", self._step(Step.RUN)),
            self._graph("Found in a run", self._step(Step.FIND)),
            self._graph("Marks with a data problem", self._counts.of_data_problems()),
        ]
        return [_heading("1. Detection finds the absences to text about"), graphs]

    def _jobs(self, jobs: JobQueue) -> _Rows:
        failed = jobs.dead_letters.metric_approximate_number_of_messages_visible()
        graphs: list[IWidget] = [
            self._graph("Put into the queue", self._step(Step.QUEUE)),
            self._graph("Oldest job, s", [jobs.queue.metric_approximate_age_of_oldest_message()]),
            self._graph("Jobs that are not tried again", [failed]),
        ]
        return [_heading("2. Jobs wait for a sender"), graphs]

    def _texts(self) -> _Rows:
        lag = self._counts.of(Count.LAG)
        outcomes: list[IWidget] = [
            self._graph("Outcomes of jobs", self._step(Step.SEND)),
            self._graph(
                "From a lesson's end to its text, s",
                [lag.with_(statistic=each, label=each) for each in ("p50", "p95")],
            ),
            self._graph("What phones say", self._step(Step.ARRIVE)),
        ]
        reasons: list[IWidget] = [
            self._graph("Cancelled, by criterion", [self._counts.by_reason(Count.CANCELLED)]),
            self._graph("Failed, by reason", [self._counts.by_reason(Count.FAILED)]),
            self._graph("Spent on texts this month, US$", [spent_this_month()]),
        ]
        return [_heading("3. Texts are sent, and arrive"), outcomes, reasons]

    def _mails(self) -> _Rows:
        return [[self._graph("Mails to staff", self._step(Step.MAIL))]]

    def _link(self, api: HttpApi) -> _Rows:
        graphs: list[IWidget] = [
            self._graph("Requests", [api.metric_count(statistic="Sum")]),
            self._graph("Errors", [api.metric_client_error(), api.metric_server_error()]),
            self._graph(
                "Time to answer, ms",
                [api.metric_latency(statistic=each, label=each) for each in ("p50", "p99")],
            ),
        ]
        return [_heading("4. Parents tap the link"), graphs]

    def _database(self, database: WatchedDatabase) -> _Rows:
        graphs: list[IWidget] = [self._graph("Connections", [open_connections(database)])]
        return [_heading("5. The database answers"), graphs]

    def _step(self, step: Step) -> list[IMetric]:
        # The lag is no number of things, and has a graph of its own.
        return [
            self._counts.of(count).with_(label=count.meaning)
            for count in Count
            if count.step is step and count is not Count.LAG
        ]

    def _graph(self, title: str, metrics: Sequence[IMetric]) -> GraphWidget:
        lines = [
            HorizontalAnnotation(value=rule.reaches, label=f"alarm {rule.name}")
            for rule in self._rules
            if rule.reaches > 1 and any(_is_same(rule.metric, metric) for metric in metrics)
        ]
        return GraphWidget(title=title, left=list(metrics), left_annotations=lines, width=8)


def _heading(words: str) -> list[IWidget]:
    return [TextWidget(markdown=f"## {words}", width=_ACROSS, height=1)]


def _is_same(one: IMetric, other: IMetric) -> bool:
    """Say whether both count the same thing over the same period, so that they compare."""
    return (
        isinstance(one, Metric)
        and isinstance(other, Metric)
        and (one.namespace, one.metric_name, one.period.to_seconds())
        == (other.namespace, other.metric_name, other.period.to_seconds())
    )
