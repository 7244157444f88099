"""Alarms and dashboard watch only metrics of AWS that its services' pages list."""

from collections.abc import Iterator

from tests.support.synthesized import Synthesized

type Metric = tuple[str, str, frozenset[str]]
"""Namespace, name and the names of the dimensions."""

_OF_A_FUNCTION = frozenset({"FunctionName"})
_OF_AN_ALIAS = frozenset({"FunctionName", "Resource"})
_OF_A_QUEUE = frozenset({"QueueName"})
_OF_AN_API = frozenset({"ApiId"})
_PUBLISHED: dict[str, set[Metric]] = {
    "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html": {
        ("AWS/Lambda", name, of)
        for name in ("Errors", "Throttles")
        for of in (_OF_A_FUNCTION, _OF_AN_ALIAS)
    },
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
    "sqs-available-cloudwatch-metrics.html": {
        ("AWS/SQS", "ApproximateAgeOfOldestMessage", _OF_A_QUEUE),
        ("AWS/SQS", "ApproximateNumberOfMessagesVisible", _OF_A_QUEUE),
        ("AWS/SQS", "NumberOfMessagesDeleted", _OF_A_QUEUE),
    },
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html": {
        ("AWS/ApiGateway", name, _OF_AN_API) for name in ("4xx", "5xx", "Count", "Latency")
    },
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html": {
        ("AWS/RDS", "DatabaseConnections", frozenset({"DBInstanceIdentifier"})),
    },
    "https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html": {
        ("AWS/SNS", "SMSMonthToDateSpentUSD", frozenset()),
    },
}


def _watched(synthesized: Synthesized) -> Iterator[Metric]:
    for metric in synthesized.alarmed():
        dimensions = frozenset(each["Name"] for each in metric.get("Dimensions", ()))
        yield metric["Namespace"], metric["MetricName"], dimensions
    for namespace, name, *rest in synthesized.drawn():
        pairs = [each for each in rest if isinstance(each, str)]
        yield namespace, name, frozenset(pairs[::2])


def _of_aws(synthesized: Synthesized) -> set[Metric]:
    return {metric for metric in _watched(synthesized) if metric[0].startswith("AWS/")}


def test_aws_publishes_every_metric_of_its_own_that_is_watched(
    synthesized: Synthesized, with_everything: Synthesized
) -> None:
    published = set[Metric]().union(*_PUBLISHED.values())
    assert _of_aws(synthesized) - published == set()
    assert _of_aws(with_everything) == published


def test_the_links_alarms_watch_the_alias_that_parents_reach(synthesized: Synthesized) -> None:
    link = {"Ref": synthesized.function_id("absence_redirect")}
    of_the_link = [
        {each["Name"] for each in metric["Dimensions"]}
        for metric in synthesized.alarmed()
        if metric["Namespace"] == "AWS/Lambda"
        and {"Name": "FunctionName", "Value": link} in metric["Dimensions"]
    ]
    assert of_the_link == [set(_OF_AN_ALIAS)] * 2
