"""The stage's alarms and its dashboard."""

from collections.abc import Mapping

from aws_cdk.aws_apigatewayv2 import HttpApi
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from infra.job_queue import JobQueue
from infra.monitoring.alarm_rules import (
    watch_ceiling,
    watch_database,
    watch_function,
    watch_jobs,
    watch_link,
    watch_runs,
    watch_shares,
    watch_spend,
    watch_texts,
)
from infra.monitoring.alarms import Alarms
from infra.monitoring.dashboard import ServiceDashboard
from infra.monitoring.metrics import StageMetrics
from infra.monitoring.watched_database import WatchedDatabase


class Monitoring(Construct):
    def __init__(  # noqa: PLR0913 (all by keyword)
        self,
        scope: Construct,
        construct_id: str,
        *,
        counts: StageMetrics,
        emails: tuple[str, ...],
        runbooks: str,
        functions: Mapping[str, IFunction],
        jobs: JobQueue,
        failed_runs: IQueue,
        api: HttpApi,
        database: WatchedDatabase | None,
        spend_limit_usd: int | None,
        watches_shares: bool,
    ) -> None:
        super().__init__(scope, construct_id)
        alarms = Alarms(self, "Alarms", emails=emails, runbooks=runbooks)
        for name, function in functions.items():
            watch_function(alarms, name, function)
        watch_runs(alarms, counts, failed_runs)
        watch_jobs(alarms, counts, jobs.queue, jobs.dead_letters)
        watch_texts(alarms, counts)
        watch_ceiling(alarms, counts)
        if watches_shares:
            watch_shares(alarms, counts, jobs.queue)
        if spend_limit_usd:
            watch_spend(alarms, limit_usd=spend_limit_usd)
        watch_link(alarms, api)
        if database:
            watch_database(alarms, database)
        self.dashboard = ServiceDashboard(
            self,
            "Dashboard",
            counts=counts,
            jobs=jobs.queue,
            dead_letters=jobs.dead_letters,
            api=api,
            database=database,
            spend_limit_usd=spend_limit_usd,
            alarms=alarms.all,
        ).dashboard
