"""Alarms, each with its runbook page, and the topic through which ops hear of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from aws_cdk import Aws, Stack
from aws_cdk.aws_cloudwatch import Alarm, ComparisonOperator, IMetric, TreatMissingData
from aws_cdk.aws_cloudwatch_actions import SnsAction
from aws_cdk.aws_iam import PolicyStatement, ServicePrincipal
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_sns_subscriptions import EmailSubscription
from constructs import Construct

NEARLY_ALL_PERCENT = 80
"""Of the month's money, or of the database's connections."""


@dataclass(frozen=True, kw_only=True)
class AlarmRule:
    """When ops are told, in which sentence, and the runbook's page that says what to do."""

    name: str
    """The alarm's construct id, and the end of its name in a mail's subject."""
    metric: IMetric
    reaches: float = 1
    periods: int = 1
    sentence: str
    runbook: str
    on_silence: bool = False
    """Whether the alarm goes off when nothing was counted. If not, no data is a good sign."""


class Alarms(Construct):
    """`runbooks` is where the pages are: a path in this repository, or its web address."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        rules: Iterable[AlarmRule],
        emails: tuple[str, ...],
        runbooks: str,
    ) -> None:
        super().__init__(scope, construct_id)
        self._action = SnsAction(self._make_topic(emails))
        self.all = [self._add(rule, f"{runbooks}/{rule.runbook}.md") for rule in rules]

    def _make_topic(self, emails: tuple[str, ...]) -> Topic:
        topic = Topic(self, "Topic", enforce_ssl=True)
        # A topic with a policy of its own loses the default policy, which allowed alarms.
        topic.add_to_resource_policy(
            PolicyStatement(
                principals=[ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
            )
        )
        for email in emails:
            topic.add_subscription(EmailSubscription(email))
        return topic

    def _add(self, rule: AlarmRule, page: str) -> Alarm:
        if rule.on_silence:
            compared = ComparisonOperator.LESS_THAN_THRESHOLD
            missing = TreatMissingData.BREACHING
        else:
            compared = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
            missing = TreatMissingData.NOT_BREACHING
        alarm = Alarm(
            self,
            rule.name,
            # The subject of the mail: AbsenceTexts-live-TextsLate.
            alarm_name=f"{Stack.of(self).stack_name}-{rule.name}",
            alarm_description=f"{rule.sentence} {page}",
            metric=rule.metric,
            threshold=rule.reaches,
            comparison_operator=compared,
            evaluation_periods=rule.periods,
            treat_missing_data=missing,
        )
        alarm.add_alarm_action(self._action)
        alarm.add_ok_action(self._action)
        return alarm
