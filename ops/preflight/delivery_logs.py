"""The log groups in which SNS writes what became of each text."""

from collections.abc import Iterator, Mapping

from infra.stages.stage import Stage
from ops.preflight.account import Account, pages
from ops.preflight.answer import Answer, right, wrong
from record_delivery.sns_delivery_log import both_groups, delivered_group

MOST_SUBSCRIPTIONS = 2
"""Of a log group.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
"""
_PAGE = "docs/operations/sms-account.md"
_SUBJECT = "delivery logs"


def ask_delivery_logs(account: Account) -> Iterator[Answer]:
    logs, stage = account.client("logs"), account.stage
    names = both_groups(delivered_group(region=stage.region, account=account.account_id))
    there = {
        group["logGroupName"]
        for page in pages(logs, "describe_log_groups", logGroupNamePrefix=names[0])
        for group in page["logGroups"]
    }
    subscriptions = {
        name: len(logs.describe_subscription_filters(logGroupName=name)["subscriptionFilters"])
        for name in names
        if name in there
    }
    if account.is_deployed:
        for name in names:
            yield decide_reading(name, subscriptions.get(name), reader=_reader_of(account))
    else:
        yield decide_names(stage, subscriptions)


def decide_names(stage: Stage, subscriptions: Mapping[str, int]) -> Answer:
    """Decide before the first deployment, by the subscriptions of each group that is there."""
    if stage.sets_sms_account:
        if not subscriptions:
            return right(_SUBJECT, "their names are free, and the deployment makes them")
        says = f"{', '.join(subscriptions)} are there, and the deployment would fail"
        return wrong(_SUBJECT, says, f"{_PAGE}: An account that logs its texts already")
    if len(subscriptions) < len(both_groups("")):
        says = "are missing: another stage makes them, and this one has sets_sms_account=False"
        return wrong(_SUBJECT, says, f"{_PAGE}: Which stage sets them")
    full = [name for name, number in subscriptions.items() if number >= MOST_SUBSCRIPTIONS]
    if full:
        says = f"{', '.join(full)} have no place for another subscription"
        return wrong(_SUBJECT, says, f"{_PAGE}: An account that logs its texts already")
    return right(_SUBJECT, "are there, each with a place for this stage")


def decide_reading(name: str, subscriptions: int | None, *, reader: str) -> Answer:
    """Decide about a group of a deployed stage. A deployment does not make again what is gone."""
    if subscriptions:
        return right(_SUBJECT, f"{name} is there, and read")
    if subscriptions is None:
        says = f"{name} is gone, and receipts with it"
        return wrong(_SUBJECT, says, f"aws logs create-log-group --log-group-name {name}")
    mend = (
        f"aws logs put-subscription-filter --log-group-name {name} --filter-name Lines"
        f" --filter-pattern '' --destination-arn {reader}"
    )
    return wrong(_SUBJECT, f"{name} is not read: its subscription is gone", mend)


def _reader_of(account: Account) -> str:
    function = account.outputs.get("RecordDeliveryFunction", "")
    return f"arn:aws:lambda:{account.stage.region}:{account.account_id}:function:{function}"
