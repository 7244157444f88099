"""Everything in a MiniStack account that is of a kind our stack makes."""

from collections.abc import Iterator

from local import ministack

_KINDS = (
    ("lambda", "list_functions", "Functions", "FunctionName"),
    ("lambda", "list_layers", "Layers", "LayerName"),
    ("lambda", "list_event_source_mappings", "EventSourceMappings", "UUID"),
    ("sns", "list_topics", "Topics", "TopicArn"),
    ("sns", "list_subscriptions", "Subscriptions", "SubscriptionArn"),
    ("iam", "list_roles", "Roles", "RoleName"),
    ("logs", "describe_log_groups", "logGroups", "logGroupName"),
    ("scheduler", "list_schedules", "Schedules", "Name"),
    ("events", "list_rules", "Rules", "Name"),
    ("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    ("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName"),
    ("ssm", "describe_parameters", "Parameters", "Name"),
    ("apigatewayv2", "get_apis", "Items", "ApiId"),
    ("secretsmanager", "list_secrets", "SecretList", "Name"),
)


def everything(address: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the name of each resource."""
    session = ministack.session()
    for service, call, listed, name in _KINDS:
        client = session.client(service, endpoint_url=address)  # type: ignore[call-overload]  # any
        yield from ((listed, found[name]) for found in getattr(client, call)()[listed])
    sqs = session.client("sqs", endpoint_url=address)
    yield from (("QueueUrls", url) for url in sqs.list_queues().get("QueueUrls", ()))
    s3 = session.client("s3", endpoint_url=address)
    for bucket in s3.list_buckets()["Buckets"]:
        name = bucket["Name"]
        for found in s3.list_objects_v2(Bucket=name).get("Contents", ()):
            yield name, found["Key"]
