"""What ops are told about, and the topic that tells them."""

from aws_cdk import Aws, Duration
from aws_cdk.aws_apigatewayv2 import HttpApi
from aws_cdk.aws_cloudwatch import Alarm, ComparisonOperator, IMetric, TreatMissingData
from aws_cdk.aws_cloudwatch_actions import SnsAction
from aws_cdk.aws_iam import PolicyStatement, ServicePrincipal
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_sns_subscriptions import EmailSubscription
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

_PERIOD = Duration.minutes(5)
_WAITED_TOO_LONG_SECONDS = 15 * 60


class Alarms(Construct):
    def __init__(self, scope: Construct, construct_id: str, *, emails: tuple[str, ...]) -> None:
        super().__init__(scope, construct_id)
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

    def on_errors(self, name: str, function: IFunction) -> None:
        self._when_any(
            f"{name}Errors",
            "The function failed or timed out: read its log group.",
            function.metric_errors(period=_PERIOD),
        )

    def on_throttles(self, name: str, function: IFunction) -> None:
        self._when_any(
            f"{name}Throttles",
            "Lambda refused to run the function: look at its concurrency and the account's.",
            function.metric_throttles(period=_PERIOD),
        )

    def on_messages(self, name: str, queue: IQueue) -> None:
        self._when_any(
            f"{name}NotEmpty",
            "A message ended here: read it, mend the cause, then redrive or delete it.",
            queue.metric_approximate_number_of_messages_visible(period=_PERIOD),
        )

    def on_server_errors(self, name: str, api: HttpApi) -> None:
        self._when_any(
            f"{name}ServerErrors",
            "Guardians who tapped the link got an error page: read the redirect's log group.",
            api.metric_server_error(period=_PERIOD, statistic="Sum"),
        )

    def on_waiting(self, name: str, queue: IQueue) -> None:
        self._when_any(
            f"{name}Waiting",
            "The oldest job waits for over 15 minutes: read the sender's log group.",
            queue.metric_approximate_age_of_oldest_message(period=_PERIOD),
            or_more=_WAITED_TOO_LONG_SECONDS,
        )

    def on_silence(self, name: str, function: IFunction) -> None:
        alarm = Alarm(
            self,
            f"{name}Silence",
            alarm_description="The function was not started for 15 minutes: look at its schedule.",
            metric=function.metric_invocations(period=_PERIOD),
            threshold=1,
            comparison_operator=ComparisonOperator.LESS_THAN_THRESHOLD,
            evaluation_periods=3,
            treat_missing_data=TreatMissingData.BREACHING,
        )
        alarm.add_alarm_action(SnsAction(self._topic))

    def _when_any(self, name: str, description: str, metric: IMetric, *, or_more: int = 1) -> None:
        alarm = Alarm(
            self,
            name,
            alarm_description=description,
            metric=metric,
            threshold=or_more,
            comparison_operator=ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(SnsAction(self._topic))
