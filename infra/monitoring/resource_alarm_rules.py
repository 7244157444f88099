"""The alarms on functions, the database and the link, a row each."""

from collections.abc import Iterator

from aws_cdk import Duration
from aws_cdk.aws_apigatewayv2 import HttpApi
from aws_cdk.aws_lambda import IFunction

from absence_redirect.lookup import DATABASE_SECONDS
from infra.monitoring.alarms import NEARLY_ALL_PERCENT, AlarmRule
from infra.monitoring.metrics import open_connections
from infra.stages.watched_database import WatchedDatabase

_PERIOD = Duration.minutes(5)


def of_a_function(name: str, function: IFunction) -> Iterator[AlarmRule]:
    yield AlarmRule(
        name=f"{name}Errors",
        metric=function.metric_errors(period=_PERIOD),
        sentence=f"{name} failed or timed out.",
        runbook="function-errors",
    )
    yield AlarmRule(
        name=f"{name}Throttles",
        metric=function.metric_throttles(period=_PERIOD),
        sentence=f"Lambda refused to run {name}.",
        runbook="function-throttles",
    )


def of_database(database: WatchedDatabase) -> Iterator[AlarmRule]:
    yield AlarmRule(
        name="DatabaseConnections",
        metric=open_connections(database),
        reaches=database.connections * NEARLY_ALL_PERCENT / 100,
        sentence=(
            f"{NEARLY_ALL_PERCENT} % of the database's {database.connections} connections are"
            " in use."
        ),
        runbook="database-connections",
    )


def of_link(api: HttpApi) -> Iterator[AlarmRule]:
    # Twice as long as the link waits for the database before it answers without.
    slow = round(2 * DATABASE_SECONDS)
    yield AlarmRule(
        name="LinkErrors",
        metric=api.metric_server_error(period=_PERIOD, statistic="Sum"),
        sentence="Parents who tapped the link got an error page.",
        runbook="link-errors",
    )
    yield AlarmRule(
        name="LinkSlow",
        metric=api.metric_latency(period=_PERIOD, statistic="p99"),
        reaches=slow * 1000,
        periods=2,
        sentence=f"One in a hundred parents waits for the link for over {slow} seconds.",
        runbook="link-slow",
    )
