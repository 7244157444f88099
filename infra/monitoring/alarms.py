"""Alarms, each with its runbook page, and the topic through which ops hear of them."""

from aws_cdk import Aws
from aws_cdk.aws_cloudwatch import Alarm, ComparisonOperator, IMetric, TreatMissingData
from aws_cdk.aws_cloudwatch_actions import SnsAction
from aws_cdk.aws_iam import PolicyStatement, ServicePrincipal
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_sns_subscriptions import EmailSubscription
from constructs import Construct


class Alarms(Construct):
    """`runbooks` is where the pages are: a path in this repository, or its address on the web."""

    def __init__(
        self, scope: Construct, construct_id: str, *, emails: tuple[str, ...], runbooks: str
    ) -> None:
        super().__init__(scope, construct_id)
        self._runbooks = runbooks
        self._topic = Topic(self, "Topic", enforce_ssl=True)
        # A topic with a policy of its own no longer has the default one, which let alarms in.
        self._topic.add_to_resource_policy(
            PolicyStatement(
                principals=[ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[self._topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
            )
        )
        for email in emails:
            self._topic.add_subscription(EmailSubscription(email))
        self.all: list[Alarm] = []

    def when(  # noqa: PLR0913 (all by keyword)
        self,
        name: str,
        metric: IMetric,
        *,
        says: str,
        runbook: str,
        at_least: float = 1,
        periods: int = 1,
    ) -> None:
        """Tell ops when the metric reaches a value; no data is a good sign."""
        self._add(
            name,
            metric,
            description=self._describe(says, runbook),
            threshold=at_least,
            comparison_operator=ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            periods=periods,
            missing=TreatMissingData.NOT_BREACHING,
        )

    def when_absent(
        self, name: str, metric: IMetric, *, says: str, runbook: str, periods: int
    ) -> None:
        """Tell ops when for so many periods nothing was counted."""
        self._add(
            name,
            metric,
            description=self._describe(says, runbook),
            threshold=1,
            comparison_operator=ComparisonOperator.LESS_THAN_THRESHOLD,
            periods=periods,
            missing=TreatMissingData.BREACHING,
        )

    def _describe(self, says: str, runbook: str) -> str:
        return f"{says} {self._runbooks}/{runbook}.md"

    def _add(  # noqa: PLR0913 (all by keyword)
        self,
        name: str,
        metric: IMetric,
        *,
        description: str,
        threshold: float,
        comparison_operator: ComparisonOperator,
        periods: int,
        missing: TreatMissingData,
    ) -> None:
        alarm = Alarm(
            self,
            name,
            alarm_description=description,
            metric=metric,
            threshold=threshold,
            comparison_operator=comparison_operator,
            evaluation_periods=periods,
            treat_missing_data=missing,
        )
        alarm.add_alarm_action(SnsAction(self._topic))
        self.all.append(alarm)
