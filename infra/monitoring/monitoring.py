"""The stage's alarms and its dashboard."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from aws_cdk.aws_apigatewayv2 import HttpApi
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from infra.job_queue import JobQueue
from infra.monitoring import alarm_rules, resource_alarm_rules
from infra.monitoring.alarms import AlarmRule, Alarms
from infra.monitoring.dashboard import ServiceDashboard
from infra.monitoring.metrics import StageMetrics
from infra.stages.stage import Stage
from infra.stages.watched_database import WatchedDatabase


class Monitoring(Construct):
    def __init__(  # noqa: PLR0913 (all by keyword)
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        wait: timedelta,
        counts: StageMetrics,
        functions: Mapping[str, IFunction],
        jobs: JobQueue,
        failed_runs: IQueue,
        api: HttpApi,
        database: WatchedDatabase | None,
    ) -> None:
        super().__init__(scope, construct_id)
        rules = [
            rule
            for name, function in functions.items()
            for rule in resource_alarm_rules.of_a_function(name, function)
        ]
        rules += _of_texts(stage, wait, counts, jobs, failed_runs)
        rules += resource_alarm_rules.of_link(api)
        rules += resource_alarm_rules.of_database(database) if database else ()
        alarms = Alarms(
            self, "Alarms", rules=rules, emails=stage.alarm_emails, runbooks=stage.runbooks
        )
        self.dashboard = ServiceDashboard(
            self,
            "Dashboard",
            counts=counts,
            jobs=jobs,
            api=api,
            database=database,
            rules=rules,
            alarms=alarms.all,
            mails=bool(stage.mail_to),
        ).dashboard


def _of_texts(
    stage: Stage, wait: timedelta, counts: StageMetrics, jobs: JobQueue, failed_runs: IQueue
) -> Iterator[AlarmRule]:
    minutes = stage.minutes_between_runs
    yield from alarm_rules.of_runs(counts, failed_runs, minutes_between_runs=minutes)
    yield from alarm_rules.of_jobs(counts, jobs, tries=stage.tries)
    yield from alarm_rules.of_texts(counts, wait=wait, minutes_between_runs=minutes)
    yield from alarm_rules.of_receipts(counts)
    if stage.mail_to:
        yield from alarm_rules.of_mails(counts, minutes_between_runs=minutes)
    if stage.watches_shares:
        yield from alarm_rules.of_shares(counts, jobs.queue)
    if stage.spend_limit_usd:
        yield from alarm_rules.of_spend(limit_usd=stage.spend_limit_usd)
