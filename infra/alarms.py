"""What ops are told about, and the topic that tells them."""

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import Alarm, ComparisonOperator, IMetric, TreatMissingData
from aws_cdk.aws_cloudwatch_actions import SnsAction
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_sns_subscriptions import EmailSubscription
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

_PERIOD = Duration.minutes(5)
_OLDEST_JOB_SECONDS = 15 * 60


class Alarms(Construct):
    def __init__(self, scope: Construct, construct_id: str, *, emails: tuple[str, ...]) -> None:
        super().__init__(scope, construct_id)
        self._topic = Topic(self, "Topic", enforce_ssl=True)
        for email in emails:
            self._topic.add_subscription(EmailSubscription(email))

    def on_errors(self, name: str, function: IFunction) -> None:
        self._add(
            f"{name}Errors",
            "The function failed or timed out: read its log group.",
            function.metric_errors(period=_PERIOD, statistic="Sum"),
        )

    def on_throttles(self, name: str, function: IFunction) -> None:
        self._add(
            f"{name}Throttles",
            "Calls were refused for want of concurrency: look at the account's quota.",
            function.metric_throttles(period=_PERIOD, statistic="Sum"),
        )

    def on_silence(self, name: str, function: IFunction) -> None:
        self._add(
            f"{name}Silence",
            "Nothing started the function for 15 minutes: look at its schedule.",
            function.metric_invocations(period=_PERIOD, statistic="Sum"),
            comparison=ComparisonOperator.LESS_THAN_THRESHOLD,
            periods=3,
            missing=TreatMissingData.BREACHING,
        )

    def on_messages(self, name: str, queue: IQueue) -> None:
        self._add(
            f"{name}NotEmpty",
            "A message ended here: read it, mend the cause, then redrive or delete it.",
            queue.metric_approximate_number_of_messages_visible(
                period=_PERIOD, statistic="Maximum"
            ),
        )

    def on_waiting(self, name: str, queue: IQueue) -> None:
        self._add(
            f"{name}Waiting",
            "The oldest job has waited for 15 minutes: is sending paused or failing?",
            queue.metric_approximate_age_of_oldest_message(period=_PERIOD, statistic="Maximum"),
            threshold=_OLDEST_JOB_SECONDS,
        )

    def _add(
        self,
        name: str,
        description: str,
        metric: IMetric,
        *,
        threshold: int = 1,
        comparison: ComparisonOperator = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        periods: int = 1,
        missing: TreatMissingData = TreatMissingData.NOT_BREACHING,
    ) -> None:
        alarm = Alarm(
            self,
            name,
            alarm_description=description,
            metric=metric,
            threshold=threshold,
            comparison_operator=comparison,
            evaluation_periods=periods,
            treat_missing_data=missing,
        )
        alarm.add_alarm_action(SnsAction(self._topic))
